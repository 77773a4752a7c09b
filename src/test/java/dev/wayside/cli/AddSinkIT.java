package dev.wayside.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.wayside.event.EventSchemas;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sinks of docs/adding-a-sink.md, word for word but for the port, dropped into {@code routes/}. */
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
    void aWebhookThatIsAwayAndComesBackGetsEveryEventInOrder() throws IOException {
        drop("webhook", example("webhook"));
        try (WaysideProcess wayside = WaysideProcess.run(directory, "mqtt.enabled=false", "webhook.start=oldest")
                .awaitStarted()) {
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
    void aSinkDroppedInWhileRunningBeginsWithTheOldestWhenAsked() throws IOException {
        HttpServer server = webhook();
        try (WaysideProcess wayside =
                WaysideProcess.run(directory, "mqtt.enabled=false").awaitStarted()) {
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
    void theFileHasEveryEventOnALineOfItsOwn() throws IOException {
        drop("to-file", example("to-file"));
        try (WaysideProcess wayside =
                WaysideProcess.run(directory, "mqtt.enabled=false").awaitStarted()) {
            await().atMost(PATIENCE).until(() -> lines().size() >= 10);
            for (String line : lines().subList(0, 10)) {
                EventSchemas.assertFlatEvent(JSON.readTree(line));
            }
            assertFalse(wayside.log().contains("WARN"), wayside.log());
        }
    }

    /** Each number once and in order; a repetition is allowed where an answer was lost, but only right there. */
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
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/events", exchange -> {
            received.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static long backlog(WaysideProcess wayside, String sink) {
        for (JsonNode each : wayside.status().at("/journal/sinks")) {
            if (each.get("name").asText().equals(sink)) {
                return each.get("backlog").asLong();
            }
        }
        return -1;
    }

    private List<String> lines() throws IOException {
        Path out = directory.resolve("out");
        if (!Files.isDirectory(out)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(out)) {
            Path file = files.findFirst().orElse(null);
            return file == null ? List.of() : Files.readAllLines(file);
        }
    }

    /** As the page says: written beside, then moved in. */
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
