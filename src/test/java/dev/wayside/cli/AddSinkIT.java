package dev.wayside.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpServer;
import dev.wayside.event.EventSchemas;
import dev.wayside.servers.Mosquitto;
import dev.wayside.servers.MosquittoSub;
import dev.wayside.servers.Programs;
import dev.wayside.servers.WaysideProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adds the sinks of docs/adding-a-sink.md to {@code routes/}, unchanged except for the port. */
class AddSinkIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final int port = Programs.freePort();

    @BeforeEach
    void copyRoutes() throws IOException {
        Path routes = Files.createDirectory(directory.resolve("routes"));
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void theExamplesAreShort() throws IOException {
        assertTrue(example("webhook").lines().count() <= 16, "15 lines and the file's name");
        assertTrue(example("to-file").lines().count() <= 16, "15 lines and the file's name");
    }

    @Test
    void aWebhookThatIsTemporarilyUnavailableGetsEveryEventInOrder() throws IOException {
        drop("webhook", example("webhook"));
        try (WaysideProcess wayside = run("webhook.start=oldest")) {
            await().atMost(PATIENCE).until(() -> backlog(wayside, "webhook") >= 10);
            HttpServer server = webhook();
            await().atMost(PATIENCE).until(() -> received.size() >= 20);
            server.stop(0);
            int before = received.size();
            await().atMost(PATIENCE).until(() -> backlog(wayside, "webhook") >= 5);
            server = webhook();
            await().atMost(PATIENCE).until(() -> received.size() >= before + 20);
            assertGapless(1);
            received.forEach(EventSchemas::assertFlatEvent);
            server.stop(0);
        }
    }

    @Test
    void aSinkAddedWhileRunningStartsWithTheOldestEventIfConfigured() throws IOException {
        HttpServer server = webhook();
        try (WaysideProcess wayside = run()) {
            await().atMost(PATIENCE)
                    .until(() -> wayside.status().at("/journal/events").asLong() >= 10);
            drop("webhook", example("webhook").replace("{sink: webhook}", "{sink: webhook, start: oldest}"));
            await().atMost(PATIENCE).until(() -> received.size() >= 20);
            assertGapless(1);
            assertEquals("running", wayside.status().at("/cameras/0/state").asText());
            assertFalse(wayside.log().contains("ERROR"), wayside.log());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void theFileHasOneLinePerEvent() throws IOException {
        drop("to-file", example("to-file"));
        try (WaysideProcess wayside = run()) {
            await().atMost(PATIENCE).until(() -> lines("events").size() >= 10);
            for (String line : lines("events")) {
                EventSchemas.assertFlatEvent(JSON.readTree(line));
            }
            assertFalse(wayside.log().contains("WARN"), wayside.log());
        }
    }

    @Test
    void anEventThatTheServerRejectsBecomesADeadLetterAndTheOthersContinue() throws IOException {
        HttpServer server = webhook(event -> event.get("sequence").asLong() % 5 == 0 ? 400 : 204);
        drop("picky", example("picky"));
        try (WaysideProcess wayside = run()) {
            await().atMost(PATIENCE)
                    .until(() -> sink(wayside, "picky").path("dead_letters").asLong() >= 2);
            await().atMost(PATIENCE).until(() -> received.size() >= 15);
            assertGapless(received.get(0).get("sequence").asLong());
            JsonNode picky = sink(wayside, "picky");
            assertTrue(picky.get("last_error").isNull(), picky::toString);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aChangedSinkContinuesAtItsCursorAndThePreviousOneIsRemoved() throws IOException {
        String toFile = example("to-file");
        drop("to-file", toFile);
        drop("webhook", example("webhook"));
        try (WaysideProcess wayside = run("to-file.start=oldest", "webhook.start=oldest")) {
            await().atMost(PATIENCE).until(() -> lines("events").size() >= 10);
            drop("to-file", toFile.replace("\"events-", "\"changed-"));
            await().atMost(PATIENCE).until(() -> lines("changed").size() >= 10);
            int former = lines("events").size();
            assertEquals(1, threads(wayside, "sink-to-file"), "who reads the journal for it");
            await().atMost(PATIENCE).until(() -> lines("changed").size() >= 40);
            assertEquals(former, lines("events").size());
            for (String line : lines("events")) {
                received.add(JSON.readTree(line));
            }
            for (String line : lines("changed").subList(0, 40)) {
                received.add(JSON.readTree(line));
            }
            assertGapless(1);
            // The failures of the other sink are still reported.
            await().atMost(PATIENCE)
                    .until(() -> wayside.status().at("/reasons").toString().contains("webhook: "));
            assertEquals(1, said(wayside, "routes/to-file.yaml was loaded"));
            assertEquals(0, said(wayside, "WARN  to-file"));
        }
    }

    @Test
    void aSinkWhoseFileIsDeletedIsOffAndGoesOnWhereItWasWhenTheFileIsBack() throws IOException {
        drop("webhook", example("webhook"));
        try (WaysideProcess wayside = run("webhook.late-after=1s")) {
            await().atMost(PATIENCE)
                    .until(() -> wayside.status().at("/reasons").toString().contains("webhook: "));
            Files.delete(directory.resolve("routes/webhook.yaml"));
            await().atMost(PATIENCE)
                    .until(() -> !sink(wayside, "webhook").path("active").asBoolean(true));
            await().atMost(PATIENCE).until(() -> wayside.status().at("/reasons").isEmpty());
            HttpServer server = webhook();
            drop("webhook", example("webhook"));
            await().atMost(PATIENCE).until(() -> received.size() >= 10);
            assertGapless(received.get(0).get("sequence").asLong());
            assertTrue(sink(wayside, "webhook").path("active").asBoolean());
            server.stop(0);
        }
    }

    @Test
    void aChangedRouteLeavesOneConnectionToTheBroker() throws IOException {
        try (Mosquitto mosquitto = new Mosquitto(directory, "allow_anonymous true").start();
                MosquittoSub subscriber = new MosquittoSub(mosquitto.port());
                WaysideProcess wayside = WaysideProcess.run(directory, "device=pi", "mqtt.url=" + mosquitto.url())
                        .awaitStarted()) {
            await().atMost(PATIENCE)
                    .until(() -> subscriber.on("wayside/pi/front/event").count() >= 5);
            String route = Files.readString(directory.resolve("routes/mqtt.yaml"));
            drop("mqtt", route.replace("\"{{mqtt.topic-prefix}}\"", "\"changed\""));
            await().atMost(PATIENCE)
                    .until(() -> subscriber.on("changed/pi/front/event").count() >= 5);
            long former = subscriber.on("wayside/pi/front/event").count();
            await().atMost(PATIENCE)
                    .until(() -> subscriber.on("changed/pi/front/event").count() >= 40);
            assertEquals(former, subscriber.on("wayside/pi/front/event").count());
            assertEquals(
                    2,
                    wayside.log()
                            .lines()
                            .filter(line -> line.matches(".*(MQTT: connected to|tcp://.*, connected).*"))
                            .count(),
                    wayside.log());
            assertFalse(wayside.log().contains("another client"), wayside.log());
        }
    }

    /** Without MQTT, and with an event for each frame of the clip, ten a second. */
    private WaysideProcess run(String... settings) {
        return WaysideProcess.run(
                        directory,
                        Stream.concat(Stream.of("mqtt.enabled=false", "camera.period=50ms"), Stream.of(settings))
                                .toArray(String[]::new))
                .awaitStarted();
    }

    private static long said(WaysideProcess wayside, String part) {
        return wayside.log().lines().filter(line -> line.contains(part)).count();
    }

    /** Each number once and in order. A repetition is allowed only directly where an answer was lost. */
    private void assertGapless(long first) {
        long[] numbers = received.stream()
                .mapToLong(event -> event.get("sequence").asLong())
                .distinct()
                .toArray();
        assertEquals(
                LongStream.range(first, first + numbers.length).boxed().toList(),
                LongStream.of(numbers).boxed().toList());
    }

    private HttpServer webhook() throws IOException {
        return webhook(event -> 204);
    }

    /** Records every event, regardless of its answer. */
    private HttpServer webhook(ToIntFunction<JsonNode> answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/events", exchange -> {
            JsonNode event = JSON.readTree(exchange.getRequestBody().readAllBytes());
            received.add(event);
            exchange.sendResponseHeaders(answer.applyAsInt(event), -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    /** The number of its threads with this name. */
    private static long threads(WaysideProcess wayside, String name) throws IOException {
        long found = 0;
        try (Stream<Path> tasks =
                Files.list(Path.of("/proc/" + wayside.process().pid() + "/task"))) {
            for (Path task : tasks.toList()) {
                found += Files.readString(task.resolve("comm")).strip().equals(name) ? 1 : 0;
            }
        }
        return found;
    }

    private static long backlog(WaysideProcess wayside, String sink) {
        return sink(wayside, sink).path("backlog").asLong(-1);
    }

    private static JsonNode sink(WaysideProcess wayside, String name) {
        for (JsonNode each : wayside.status().at("/journal/sinks")) {
            if (each.get("name").asText().equals(name)) {
                return each;
            }
        }
        return MissingNode.getInstance();
    }

    /** The complete lines. */
    private List<String> lines(String prefix) throws IOException {
        Path out = directory.resolve("out");
        if (!Files.isDirectory(out)) {
            return List.of();
        }
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : files.sorted().toList()) {
                if (file.getFileName().toString().startsWith(prefix)) {
                    text.append(Files.readString(file));
                }
            }
        }
        return text.substring(0, text.lastIndexOf("\n") + 1).lines().toList();
    }

    /** As documented: written elsewhere, then moved into the folder. */
    private void drop(String name, String route) throws IOException {
        Path beside = Files.writeString(directory.resolve(name + ".new"), route);
        Files.move(beside, directory.resolve("routes/" + name + ".yaml"), StandardCopyOption.ATOMIC_MOVE);
    }

    private String example(String name) throws IOException {
        Matcher matcher = Pattern.compile("```yaml\\n(# routes/" + name + "\\.yaml\\n.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/adding-a-sink.md")));
        assertTrue(matcher.find(), "the page has no example " + name);
        return matcher.group(1).replace("127.0.0.1:9000", "127.0.0.1:" + port);
    }
}
