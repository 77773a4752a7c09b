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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    /** The exit code and the output. */
    private String drain(String sink) {
        StringWriter text = new StringWriter();
        CommandLine command =
                Wayside.commandLine().setOut(new PrintWriter(text)).setErr(new PrintWriter(text));
        int code = command.execute("drain", sink, "--set", "journal.path=" + file);
        return code + " " + text;
    }
}
