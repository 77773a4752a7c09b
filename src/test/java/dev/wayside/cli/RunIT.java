package dev.wayside.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.event.EventSchemas;
import dev.wayside.live.BrowserSession;
import dev.wayside.live.DrawnBox;
import dev.wayside.servers.Mosquitto;
import dev.wayside.servers.MosquittoSub;
import dev.wayside.servers.MosquittoSub.Message;
import dev.wayside.servers.Programs;
import dev.wayside.servers.WaysideProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All of Wayside, started as users start it. */
class RunIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @TempDir
    Path brokerDirectory;

    @Test
    void withoutSettingsEventsOfTheSampleReachTheEmbeddedBroker() throws Exception {
        try (WaysideProcess wayside =
                        WaysideProcess.run(directory, "device=pi-01").awaitStarted();
                MosquittoSub subscriber = new MosquittoSub(wayside.embeddedPort())) {
            await().atMost(PATIENCE)
                    .until(() -> subscriber.on("wayside/pi-01/front/event").count() >= 10);
            List<Message> events = subscriber.on("wayside/pi-01/front/event").toList();
            long previous = 0;
            for (Message message : events) {
                JsonNode event = JSON.readTree(message.payload());
                EventSchemas.assertFlatEvent(event);
                assertTrue(event.get("sequence").asLong() > previous, "in order");
                previous = event.get("sequence").asLong();
            }
            // Both are in the clip, but not in every frame, and not always with the highest score.
            for (String label : List.of("car", "person")) {
                await().atMost(PATIENCE)
                        .until(() -> subscriber.on("wayside/pi-01/front/event").anyMatch(event -> event.payload()
                                .contains("_label\":\"" + label + "\"")));
            }
            assertSmarter(subscriber, "car");
            assertSmarter(subscriber, "person");
            try (MosquittoSub late = new MosquittoSub(wayside.embeddedPort())) {
                await().atMost(PATIENCE).until(() -> late.on("wayside/pi-01/status")
                        .anyMatch(m -> m.retained() && m.payload().equals("online")));
            }
            await().atMost(PATIENCE)
                    .until(() -> wayside.status().get("state").asText().equals("running"));
            EventSchemas.assertNestedEvent(JSON.readTree(wayside.firstEventOnThePage()));
        }
    }

    @Test
    void thePageShowsRealCarsInGreenAndRealPeopleInRedWithTheirCounts() {
        try (WaysideProcess wayside =
                        WaysideProcess.run(directory, "device=pi-01").awaitStarted();
                BrowserSession browser = BrowserSession.open(wayside.url(), 1280, 800, false)) {
            await().atMost(PATIENCE).until(() -> DrawnBox.find(browser.picture(), DrawnBox.Colour.GREEN)
                    .isPresent());
            await().atMost(PATIENCE).until(() -> DrawnBox.find(browser.picture(), DrawnBox.Colour.RED)
                    .isPresent());
            await().atMost(PATIENCE).until(() -> browser.count("car").orElse(0) > 0);
            await().atMost(PATIENCE).until(() -> browser.count("person").orElse(0) > 0);
            await().atMost(PATIENCE).until(() -> browser.state().equals("Running"));
            browser.save(Path.of("target", "live-page.png"));
            assertEquals(List.of(), browser.errors());
        }
    }

    @Test
    void theTabsShowTheRealPipeline() {
        try (WaysideProcess wayside = WaysideProcess.run(directory).awaitStarted();
                BrowserSession browser = BrowserSession.open(wayside.url() + "/#events", 1280, 800, false)) {
            await().atMost(PATIENCE).until(() -> browser.text("#events tr:last-child .where")
                    .orElse("")
                    .replaceAll("\\s+", " ")
                    .contains("✓ mqtt"));
            browser.page().locator("#tab-counts").click();
            await().atMost(PATIENCE).until(() -> browser.text("#counts-totals [data-label=car] .number")
                    .orElse("")
                    .matches("[1-9]\\.\\d\\d"));
            browser.page().locator("#tab-system").click();
            await().atMost(PATIENCE).until(() -> {
                String system = browser.text("#system").orElse("");
                return system.contains("ssdlite-mobilenet-v2-coco")
                        && system.contains("camera-front")
                        && system.contains("detect");
            });
            browser.page().locator("#tab-sinks").click();
            browser.page().locator("#sinks li[data-sink=mqtt] button").first().click();
            await().atMost(PATIENCE)
                    .until(() ->
                            browser.text("#sinks .paused .progress").orElse("").contains("waiting"));
            browser.page().locator("#sinks li[data-sink=mqtt] button").first().click();
            await().atMost(PATIENCE)
                    .until(() ->
                            browser.text("#sinks .works .progress").orElse("").startsWith("No backlog"));
            assertEquals(List.of(), browser.errors());
            assertEquals("running", wayside.status().get("state").asText());
        }
    }

    @Test
    void aBrokerCanBeUnavailableAtTheStartAndLater() {
        try (Mosquitto broker = new Mosquitto(brokerDirectory, "allow_anonymous true");
                WaysideProcess wayside = WaysideProcess.run(directory, "mqtt.url=" + broker.url())
                        .awaitStarted()) {
            await().atMost(PATIENCE)
                    .until(() -> wayside.status().get("state").asText().equals("degraded"));
            await().atMost(PATIENCE).until(() -> wayside.log()
                    .contains("MQTT: no connection to " + broker.url() + ": the broker refuses the connection"));
            broker.start();
            await().atMost(PATIENCE).until(() -> published(wayside) > 0);
            broker.kill();
            await().atMost(PATIENCE)
                    .until(() -> wayside.status().at("/mqtt/state").asText().equals("disconnected"));
            assertEquals("running", wayside.status().at("/cameras/0/state").asText());
            long before = published(wayside);
            broker.start();
            await().atMost(PATIENCE).until(() -> published(wayside) > before);
            long warnings =
                    wayside.log().lines().filter(line -> line.contains("WARN")).count();
            assertTrue(warnings < 10, "says it once, not for each frame:\n" + wayside.log());
            assertFalse(wayside.log().contains("\tat "), "no stack traces:\n" + wayside.log());
        }
    }

    @Test
    void severalCamerasHaveTheirOwnEventsAndPeriod() {
        try (WaysideProcess wayside = WaysideProcess.run(
                                directory,
                                "device=pi-01",
                                "cameras=front,yard",
                                "camera.front.url=sample",
                                "camera.yard.url=sample",
                                "camera.yard.period=500ms")
                        .awaitStarted();
                MosquittoSub subscriber = new MosquittoSub(wayside.embeddedPort())) {
            await().atMost(PATIENCE)
                    .until(() -> subscriber.on("wayside/pi-01/yard/event").count() >= 4);
            await().atMost(PATIENCE)
                    .until(() -> subscriber.on("wayside/pi-01/front/event").count()
                            >= subscriber.on("wayside/pi-01/yard/event").count() + 3);
        }
    }

    @Test
    void aUsersOwnRouteIsLoadedWithItsOwnKeys() throws IOException {
        copy(Path.of("routes"), Files.createDirectory(directory.resolve("routes")));
        Files.writeString(
                directory.resolve("routes/to-file.yaml"),
                """
                - route:
                    id: to-file
                    from:
                      uri: direct:to-file
                      steps:
                        - setBody: {simple: "cars ${body[car_count]}"}
                        - to:
                            uri: file:{{my.folder}}
                            parameters: {fileName: counts.txt, fileExist: Append, appendChars: '\\n'}
                """);
        Path events = directory.resolve("routes/events.yaml");
        Files.writeString(
                events,
                Files.readString(events)
                        .replace(
                                "        - doTry:\n            id: keep",
                                "        - wireTap: {uri: direct:to-file}\n        - doTry:\n            id: keep"));
        try (WaysideProcess wayside =
                WaysideProcess.run(directory, "my.folder=out").awaitStarted()) {
            Path counts = directory.resolve("out/counts.txt");
            await().atMost(PATIENCE)
                    .until(() ->
                            Files.exists(counts) && Files.readAllLines(counts).size() >= 3);
            assertTrue(Files.readAllLines(counts).stream().allMatch(line -> line.matches("cars \\d+")), wayside.log());
        }
    }

    @Test
    void aMistakeInTheSettingsIsExplainedWithExitCodeTwo() throws IOException {
        Files.writeString(directory.resolve("wayside.properties"), "camera.ulr=x\n");
        try (WaysideProcess wayside = WaysideProcess.command(directory, Map.of("WAYSIDE_HTTP_PORT", "99999"), "run")) {
            assertEquals(2, wayside.awaitExit());
            assertTrue(
                    wayside.log().contains("Unknown key camera.ulr in wayside.properties. Did you mean camera.url?"),
                    wayside.log());
            assertTrue(
                    wayside.log().contains("http.port is '99999' in the environment variable WAYSIDE_HTTP_PORT"),
                    wayside.log());
            assertFalse(wayside.log().contains("\tat "), wayside.log());
        }
    }

    @Test
    void aMissingModelAUsedPortAndAnInvalidRouteAreExplained() throws IOException {
        assertRefused("model.path in --set: ", "model.path=models/none");
        assertRefused("detect.labels in --set names unicorn", "detect.labels=car,unicorn");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertRefused(String.valueOf(taken.getLocalPort()), "http.port=" + taken.getLocalPort());
        }
        Files.createDirectory(directory.resolve("routes"));
        Files.writeString(directory.resolve("routes/broken.yaml"), "- route:\n    from:\n      urri: timer:x\n");
        String sentence =
                directory + "/routes/broken.yaml:3:7: 'urri' is not a field that Camel knows here. Did you mean uri?";
        assertRefused(sentence, "http.port=" + Programs.freePort());
    }

    @Test
    void aPasswordWithAnyCharactersReachesOnlyTheBroker() throws Exception {
        String password = "a&b=+?#bean:d%20 ü";
        Path passwords = brokerDirectory.resolve("passwords");
        String program = Programs.require("mosquitto_passwd", "mosquitto").toString();
        assertEquals(
                0,
                new ProcessBuilder(program, "-b", "-c", passwords.toString(), "pi", password)
                        .start()
                        .waitFor());
        String[] lines = {"allow_anonymous false", "password_file " + passwords, "user root"};
        try (Mosquitto broker = new Mosquitto(brokerDirectory, lines).start();
                WaysideProcess wayside = WaysideProcess.run(
                        directory,
                        Map.of("WAYSIDE_MQTT_PASSWORD", password),
                        "mqtt.url=" + broker.url(),
                        "mqtt.username=pi")) {
            wayside.awaitStarted();
            await().atMost(PATIENCE).until(() -> published(wayside) > 0);
            assertFalse(wayside.log().contains("a&b="), wayside.log());
            assertFalse(wayside.status().toString().contains("a&b="));
        }
    }

    private void assertRefused(String sentence, String... settings) {
        try (WaysideProcess wayside = WaysideProcess.run(directory, settings)) {
            assertTrue(wayside.awaitExit() != 0);
            assertTrue(wayside.log().contains("wayside: "), wayside.log());
            assertTrue(wayside.log().contains(sentence), wayside.log());
            assertFalse(wayside.log().contains("vetoed"), wayside.log());
            assertFalse(wayside.log().contains("\tat "), wayside.log());
        }
    }

    private static void assertSmarter(MosquittoSub subscriber, String label) throws IOException {
        Message message = subscriber.on("demo/" + label + "_count").findFirst().orElseThrow();
        JsonNode count = JSON.readTree(message.payload());
        assertEquals("pi-01", count.get("nodeid").asText());
        assertEquals("front", count.get("sensor").asText());
        assertTrue(count.get(label + "_count").isInt(), message.payload());
        assertTrue(count.get("timestamp").asText().endsWith("Z"), message.payload());
        assertEquals(4, count.size());
    }

    private static long published(WaysideProcess wayside) {
        return wayside.status().at("/mqtt/published").asLong();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
