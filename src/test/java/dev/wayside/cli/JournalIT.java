package dev.wayside.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.servers.Mosquitto;
import dev.wayside.servers.MosquittoSub;
import dev.wayside.servers.Programs;
import dev.wayside.servers.WaysideProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backlog, seen from outside and by the command. The page proves what was accepted: it shows an event only afterwards. */
class JournalIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOPIC = "wayside/pi/front/event";

    @TempDir
    Path directory;

    @TempDir
    Path brokerDirectory;

    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aBrokerThatAppearsLateGetsTheBacklogInOrder() throws Exception {
        try (Mosquitto mosquitto = new Mosquitto(
                brokerDirectory,
                "allow_anonymous true",
                "max_queued_messages 0",
                "persistence true",
                "persistence_location " + brokerDirectory + "/",
                "user root")) {
            // A persistent session, so that the broker keeps the messages for the subscriber that connects later.
            mosquitto.start();
            subscribeAndLeave(mosquitto.port());
            mosquitto.stop();
            try (WaysideProcess wayside = run(mosquitto)) {
                witness(wayside);
                await().atMost(PATIENCE).until(() -> accepted.size() >= 40);
                assertTrue(sink(wayside).path("backlog").asLong() >= 40);
                assertTrue(sink(wayside).path("last_error").asText().length() > 10, () -> "" + wayside.status());
                assertTrue(command("journal").contains("mqtt "));
                assertEquals(
                        "mqtt",
                        JSON.readTree(command("journal", "--json"))
                                .at("/sinks/0/name")
                                .asText());
                mosquitto.start();
                await().atMost(PATIENCE)
                        .until(() -> sink(wayside).path("backlog").asLong() <= 1);
                try (MosquittoSub subscriber = new MosquittoSub(mosquitto.port(), "-c", "-i", "witness")) {
                    assertAllArrive(subscriber);
                }
            }
        }
    }

    private WaysideProcess run(Mosquitto mosquitto) {
        return WaysideProcess.run(directory, "device=pi", "mqtt.url=" + mosquitto.url(), "camera.period=50ms")
                .awaitStarted();
    }

    /** The ids in the order in which the page gets them. */
    private void witness(WaysideProcess wayside) {
        http.sendAsync(
                        HttpRequest.newBuilder(URI.create(wayside.url() + "/api/events"))
                                .build(),
                        HttpResponse.BodyHandlers.ofLines())
                .thenAccept(response -> response.body()
                        .filter(line -> line.startsWith("data:"))
                        .forEach(line -> accepted.add(id(line.substring("data:".length())))));
    }

    private void assertAllArrive(MosquittoSub subscriber) {
        Set<String> obligations = Set.copyOf(accepted);
        await().alias("every accepted event arrives").atMost(PATIENCE).until(() -> subscriber
                .on(TOPIC)
                .map(message -> id(message.payload()))
                .toList()
                .containsAll(obligations));
        // Ids begin with their time: they are in order, and repeated ones are also in order.
        List<String> first = subscriber
                .on(TOPIC)
                .map(message -> id(message.payload()))
                .distinct()
                .toList();
        assertEquals(first.stream().sorted().toList(), first);
    }

    private static JsonNode sink(WaysideProcess wayside) {
        return wayside.status().at("/journal/sinks/0");
    }

    private String command(String... arguments) {
        try (WaysideProcess command = WaysideProcess.command(commandDirectory(), Map.of(), with(arguments))) {
            assertEquals(0, command.awaitExit(), command::log);
            return command.log();
        }
    }

    private String[] with(String... arguments) {
        return Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--set", "journal.path=" + directory.resolve("data/journal.db")))
                .toArray(String[]::new);
    }

    /** The command's log must not overwrite that of the running process. */
    private Path commandDirectory() {
        try {
            return Files.createDirectories(directory.resolve("command"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void subscribeAndLeave(int port) throws Exception {
        Process subscriber = new ProcessBuilder(
                        Programs.require("mosquitto_sub", "mosquitto-clients").toString(),
                        "-p",
                        String.valueOf(port),
                        "-q",
                        "1",
                        "-c",
                        "-i",
                        "witness",
                        "-t",
                        "#",
                        "-E")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertTrue(subscriber.waitFor(60, TimeUnit.SECONDS) && subscriber.exitValue() == 0);
    }

    private static String id(String json) {
        try {
            return JSON.readTree(json).path("id").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
