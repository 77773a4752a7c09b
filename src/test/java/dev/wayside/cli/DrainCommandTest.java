package dev.wayside.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.journal.Journal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code drain} without a Wayside; ReplayIT has one that runs. */
class DrainCommandTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void twoSinksOfWhichOneHasABacklog() throws Exception {
        file = directory.resolve("journal.db");
        try (Journal journal = new Journal(file, 1L << 30, Duration.ofDays(7))) {
            journal.start();
            journal.register("mqtt", "newest");
            journal.register("influxdb", "newest");
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("insert into event (event_id, camera, time, accepted, size, json)"
                    + " values ('pi/1', 'front', '2026-11-24T10:00:00.000Z', 0, 13, '{\"id\":\"pi/1\"}')");
            statement.execute("update cursor set last_id = 1 where sink = 'influxdb'");
        }
    }

    @Test
    void aSinkWithoutABacklogIsDone() {
        assertEquals("0 0 events waited, and all are delivered.\n", drain("influxdb"));
    }

    @Test
    void aBacklogThatNobodyDeliversIsReported() {
        String outcome = drain("mqtt");
        assertTrue(outcome.startsWith("1 wayside: No Wayside runs with the journal " + file), outcome);
        assertTrue(outcome.contains("Start it: ./wayside run"), outcome);
    }

    @Test
    void anUnknownSinkIsRefusedWithTheKnownOnes() {
        String outcome = drain("influx");
        assertTrue(
                outcome.startsWith("2 wayside: The journal knows no sink 'influx'. It knows: influxdb, mqtt."),
                outcome);
    }

    /** The event is from the future if the clock was set back, or has no time at all if it is a user's own. */
    @ParameterizedTest
    @ValueSource(strings = {"time = '2999-01-01T00:00:00.000Z'", "time = null"})
    void waitsForEachEventWhateverItsTime(String time) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("update event set " + time);
        }
        String outcome = drain("mqtt");
        assertTrue(outcome.startsWith("1 wayside: No Wayside runs with the journal " + file), outcome);
    }

    @Test
    void aPausedSinkIsNotWaitedFor() throws Exception {
        try (Journal journal = new Journal(file, 1L << 30, Duration.ofDays(7))) {
            journal.start();
            journal.register("mqtt", "newest");
            journal.register("influxdb", "newest");
            journal.registered();
            journal.sinks().paused("mqtt", true);
            for (String[] sinks : new String[][] {{"mqtt"}, {}}) {
                String outcome = drain(sinks);
                assertTrue(outcome.startsWith("1 wayside: 1 event waits for mqtt. mqtt is paused. "), outcome);
            }
            assertEquals("0 0 events waited, and all are delivered.\n", drain("influxdb"));
        }
    }

    /** The exit code and the output. */
    private String drain(String... sinks) {
        StringWriter text = new StringWriter();
        CommandLine command =
                Wayside.commandLine().setOut(new PrintWriter(text)).setErr(new PrintWriter(text));
        int code = command.execute(Stream.concat(Stream.of("drain", "--set", "journal.path=" + file), Stream.of(sinks))
                .toArray(String[]::new));
        return code + " " + text;
    }
}
