package dev.wayside.assembly;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.servers.Mosquitto;
import dev.wayside.servers.MosquittoSub;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wayside's kamelets in another Camel application, as its author would write it. */
class PlainCamelIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String EVENT =
            """
            {"id":"pi-01/front/1","device":"pi-01","camera":"front","time":"2026-11-26T10:15:30.123Z","car_count":2}""";
    private static final String TO_MQTT =
            """
                    - to:
                        uri: kamelet:wayside-mqtt-sink
                        parameters:
                          url: "%s"
                          clientId: mine
            """;

    @TempDir
    Path directory;

    @TempDir
    Path brokerDirectory;

    @Test
    void anEventGoesThroughTheJournalToABroker() throws Exception {
        configure();
        route(
                """
                - route:
                    from:
                      uri: file:inbox
                      steps:
                        - unmarshal: {json: {}}
                        - to: kamelet:wayside-journal-sink
                - route:
                    from:
                      uri: kamelet:wayside-journal-source
                      parameters:
                        sink: mine
                        start: oldest
                      steps:
                """
                        + TO_MQTT.formatted("{{my.broker}}"));
        try (Mosquitto broker = new Mosquitto(brokerDirectory, "allow_anonymous true").start();
                MosquittoSub subscriber = new MosquittoSub(broker.port())) {
            configure("my.broker=" + broker.url(), "journal.path=kept/journal.db");
            drop(EVENT);
            try (CamelProcess camel = new CamelProcess(directory)) {
                await().alias("the event is published").atMost(PATIENCE).until(() -> subscriber
                        .on("wayside/pi-01/front/event")
                        .findAny()
                        .isPresent());
                assertEquals(
                        "pi-01/front/1",
                        new ObjectMapper()
                                .readTree(subscriber
                                        .on("wayside/pi-01/front/event")
                                        .findFirst()
                                        .orElseThrow()
                                        .payload())
                                .get("id")
                                .asText());
                camel.stop();
                assertFalse(camel.log().contains("ERROR"), camel.log());
                assertFalse(camel.log().contains("Detecting"), camel.log());
                assertFalse(camel.log().contains("camera "), camel.log());
            }
        }
        // It was closed properly: the write-ahead log was merged into the file.
        assertTrue(Files.exists(directory.resolve("kept/journal.db")));
        assertFalse(Files.exists(directory.resolve("kept/journal.db-wal")));
    }

    @Test
    void aSinkAloneOpensNoJournalAndTheEmbeddedBrokerStartsOnFirstUse() throws Exception {
        configure();
        route(
                """
                - route:
                    from:
                      uri: file:inbox
                      parameters:
                        noop: true
                        idempotent: false
                      steps:
                        - unmarshal: {json: {}}
                """
                        + TO_MQTT.formatted("{{mqtt.url}}"));
        drop(EVENT);
        try (CamelProcess camel = new CamelProcess(directory)) {
            await().atMost(PATIENCE).until(() -> embeddedPort(camel) > 0);
            try (MosquittoSub subscriber = new MosquittoSub(embeddedPort(camel))) {
                await().atMost(PATIENCE).until(() -> subscriber
                        .on("wayside/pi-01/front/event")
                        .findAny()
                        .isPresent());
            }
            camel.stop();
            assertFalse(camel.log().contains("\tat "), camel.log());
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(
                    List.of("application.properties", "inbox", "mine.yaml"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void anInvalidValueHasTheSameMessageAsInWaysideItself() throws Exception {
        configure("mqtt.qos=7", "http.port=99999");
        route("- route: {from: {uri: 'timer:x', steps: [{to: 'log:x'}]}}");
        try (CamelProcess camel = new CamelProcess(directory)) {
            camel.awaitEnd();
            assertTrue(
                    camel.log()
                            .contains("http.port is '99999' in the application's properties; it must be a whole number"
                                    + " from 1 to 65535."),
                    camel.log());
            assertTrue(camel.log().contains("mqtt.qos is '7' in the application's properties"), camel.log());
        }
    }

    private void configure(String... lines) throws IOException {
        String common =
                """
                camel.main.configurationClasses=dev.wayside.assembly.WaysideConfiguration
                camel.main.routesIncludePattern=file:mine.yaml
                camel.main.shutdownTimeout=5
                """;
        Files.writeString(directory.resolve("application.properties"), common + String.join("\n", lines) + "\n");
    }

    private void route(String yaml) throws IOException {
        Files.writeString(directory.resolve("mine.yaml"), yaml);
    }

    private void drop(String event) throws IOException {
        Files.writeString(Files.createDirectories(directory.resolve("inbox")).resolve("event.json"), event);
    }

    /** The port, or 0 if it does not listen yet. */
    private static int embeddedPort(CamelProcess camel) {
        Matcher matcher =
                Pattern.compile("embedded broker on (tcp://127.0.0.1:\\d+)").matcher(camel.log());
        return matcher.find() ? URI.create(matcher.group(1)).getPort() : 0;
    }
}
