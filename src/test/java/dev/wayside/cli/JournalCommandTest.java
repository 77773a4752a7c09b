package dev.wayside.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.journal.Journal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The output of {@code journal} for sinks in each state. */
class JournalCommandTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void fillAJournal() throws Exception {
        file = directory.resolve("journal.db");
        try (Journal journal = new Journal(file, 1L << 30, Duration.ofDays(7))) {
            journal.start();
            for (String sink : List.of("aws-iot", "elasticsearch", "influxdb", "mqtt")) {
                journal.register(sink, "newest");
            }
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("insert into event (event_id, camera, time, accepted, size, json)"
                    + " values ('pi/1', 'front', '2026-11-24T10:00:00.000Z', 0, 2, '{}')");
            statement.execute("update state set value = 125000 where key = 'clock'");
            statement.execute("update cursor set last_id = 1 where sink = 'mqtt'");
            statement.execute("update cursor set last_error = 'away' where sink in ('elasticsearch', 'aws-iot')");
            statement.execute("update cursor set active = 0 where sink = 'aws-iot'");
        }
    }

    @Test
    void theTableShowsWhyASinkDoesNotWork() {
        List<String> lines = run("journal").lines().toList();
        assertEquals(
                List.of(
                        "aws-iot                   1   2 min 5 s          0          0  off",
                        "elasticsearch             1   2 min 5 s          0          0  away",
                        "influxdb                  1   2 min 5 s          0          0  its oldest event has waited"
                                + " 2 min 5 s, longer than influxdb.late-after (30 s); 1 event waits",
                        "mqtt                      0           -          0          0  works"),
                lines.subList(3, lines.size()));
    }

    @Test
    void theJsonHasTheStateAndTheReasonAccordingToTheSettings() throws Exception {
        assertEquals(
                List.of("off null", "failing away", "works null", "works null"),
                states("--set", "influxdb.late-after=3m"));
        assertTrue(states().get(2).startsWith("late its oldest event has waited 2 min 5 s"));
    }

    private List<String> states(String... options) throws Exception {
        String[] arguments = Stream.concat(Stream.of("journal", "--json"), Stream.of(options))
                .toArray(String[]::new);
        JsonNode sinks = new ObjectMapper().readTree(run(arguments)).get("sinks");
        return sinks.findParents("state").stream()
                .map(sink ->
                        sink.get("state").asText() + " " + sink.get("reason").asText())
                .toList();
    }

    private String run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Wayside.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] all = Stream.concat(Stream.of(arguments), Stream.of("--set", "journal.path=" + file))
                .toArray(String[]::new);
        assertEquals(0, command.execute(all), err::toString);
        return out.toString();
    }
}
