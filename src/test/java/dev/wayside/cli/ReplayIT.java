package dev.wayside.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.servers.Mosquitto;
import dev.wayside.servers.MosquittoSub;
import dev.wayside.servers.WaysideProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that deliver events and dead letters again while Wayside runs or is killed. */
class ReplayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOPIC = "wayside/pi/front/event";
    private static final int EVENTS = 60;

    @TempDir
    Path directory;

    @TempDir
    Path brokerDirectory;

    @Test
    void aReplayReachesTheSinkWhetherWaysideRunsOrIsKilledAndDelaysNoNewEvent() throws Exception {
        try (Mosquitto mosquitto = new Mosquitto(brokerDirectory, "allow_anonymous true").start();
                MosquittoSub subscriber = new MosquittoSub(mosquitto.port())) {
            try (WaysideProcess wayside = run(mosquitto)) {
                await().atMost(PATIENCE).until(() -> ids(subscriber).size() >= EVENTS);
                String from = firstTime(subscriber);
                String counted = command("replay", "--sink", "mqtt", "--from", from, "--dry-run");
                assertTrue(
                        counted.matches(
                                "(?s)\\d+ events from " + from + " to .*\\(front \\d+\\).*Nothing was changed.*"),
                        counted);
                assertEquals(0, sink(wayside).path("replaying").asLong());

                command("replay", "--sink", "mqtt", "--from", from);
                await().atMost(PATIENCE).until(() -> timesOfTheFirst(subscriber) >= 2);
                await().atMost(PATIENCE)
                        .until(() -> sink(wayside).path("replaying").asLong() == 0);
                String waited = command("replay", "--sink", "mqtt", "--from", from, "--wait");
                assertTrue(waited.matches("(?s).*\\nreplay to mqtt: [\\d,]+ events in .*"), waited);
                assertTrue(command("drain", "mqtt").contains("all are delivered"), "drain");
                command("replay", "--sink", "mqtt", "--from", from);
            }
            command("replay", "--sink", "mqtt", "--from", firstTime(subscriber));
            try (WaysideProcess wayside = run(mosquitto)) {
                await().atMost(PATIENCE)
                        .until(() -> sink(wayside).path("replaying").asLong() == 0);
                await().atMost(PATIENCE).until(() -> timesOfTheFirst(subscriber) >= 4);
            }
            List<String> first = ids(subscriber).stream().distinct().toList();
            assertEquals(first.stream().sorted().toList(), first, "new events keep their order among replayed ones");
        }
    }

    @Test
    void deadLettersAreRetriedAndPurgedWhileWaysideRuns() throws Exception {
        Path rights = Files.writeString(
                brokerDirectory.resolve("rights"), "topic read #\ntopic write demo/#\ntopic write wayside/pi/status\n");
        try (Mosquitto mosquitto = new Mosquitto(
                                brokerDirectory, "allow_anonymous true", "user root", "acl_file " + rights)
                        .start();
                WaysideProcess wayside = run(mosquitto)) {
            await().atMost(PATIENCE)
                    .until(() -> sink(wayside).path("dead_letters").asLong() >= 5);
            assertTrue(command("dead-letters", "list").contains("mqtt "));
            JsonNode letters = JSON.readTree(command("dead-letters", "list", "--sink", "mqtt", "--json"));
            assertTrue(letters.at("/0/reason").asText().contains("not authorized"), letters::toString);
            String again = letters.at("/0/id").asText();
            String purged = letters.at("/1/id").asText();

            command("dead-letters", "retry", "--sink", "mqtt", "--id", again);
            await().atMost(PATIENCE).until(() -> sink(wayside).path("retrying").asLong() == 0);
            JsonNode after =
                    JSON.readTree(command("dead-letters", "list", "--sink", "mqtt", "--json", "--limit", "100000"));
            assertTrue(time(after, again).compareTo(letters.at("/0/time").asText()) > 0, "refused again");
            command("dead-letters", "purge", "--sink", "mqtt", "--id", purged);

            Files.writeString(rights, "topic readwrite #\n");
            mosquitto.stop();
            mosquitto.start();
            try (MosquittoSub subscriber = new MosquittoSub(mosquitto.port())) {
                await().atMost(PATIENCE).until(() -> !ids(subscriber).isEmpty());
                command("dead-letters", "retry", "--sink", "mqtt");
                await().atMost(PATIENCE)
                        .until(() -> sink(wayside).path("dead_letters").asLong() == 0);
                await().atMost(PATIENCE).until(() -> ids(subscriber).contains(again));
                assertFalse(ids(subscriber).contains(purged));
            }
        }
    }

    private WaysideProcess run(Mosquitto mosquitto) {
        return WaysideProcess.run(directory, "device=pi", "mqtt.url=" + mosquitto.url(), "camera.period=50ms")
                .awaitStarted();
    }

    private static long timesOfTheFirst(MosquittoSub subscriber) {
        List<String> ids = ids(subscriber);
        return ids.stream().filter(ids.get(0)::equals).count();
    }

    private static List<String> ids(MosquittoSub subscriber) {
        return subscriber
                .on(TOPIC)
                .map(message -> event(message.payload()).get("id").asText())
                .toList();
    }

    private static String firstTime(MosquittoSub subscriber) {
        return event(subscriber.on(TOPIC).findFirst().orElseThrow().payload())
                .get("time")
                .asText();
    }

    private static String time(JsonNode letters, String id) {
        for (JsonNode letter : letters) {
            if (letter.get("id").asText().equals(id)) {
                return letter.get("time").asText();
            }
        }
        return "";
    }

    private static JsonNode sink(WaysideProcess wayside) {
        return wayside.status().at("/journal/sinks/0");
    }

    private static JsonNode event(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String command(String... arguments) throws IOException {
        String[] all = Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--set", "journal.path=" + directory.resolve("data/journal.db")))
                .toArray(String[]::new);
        // The command's log must not overwrite that of the running process.
        Path own = Files.createDirectories(directory.resolve("command"));
        try (WaysideProcess command = WaysideProcess.command(own, Map.of(), all)) {
            assertEquals(0, command.awaitExit(), command::log);
            return command.log();
        }
    }
}
