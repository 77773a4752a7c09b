package dev.wayside.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.journal.Journal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The effect and output of {@code replay} and {@code dead-letters} while Wayside does not run. */
class RedeliveryCommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private Path file;

    /** The output and exit code of a command. */
    private record Outcome(int code, String out, String err) {}

    @BeforeEach
    void fillAJournal() throws Exception {
        file = directory.resolve("journal.db");
        try (Journal journal = new Journal(file, 1L << 30, Duration.ofDays(7))) {
            journal.start();
            journal.register("mqtt", "newest");
            journal.register("influxdb", "newest");
            sql(
                    """
                    with recursive n (i) as (select 1 union all select i + 1 from n where i < 10)
                    insert into event (event_id, camera, time, accepted, size, json)
                    select 'pi/' || i, iif(i % 3 = 0, 'back', 'front'), '2026-11-24T10:00:0' || (i - 1) || '.000Z', 0, 20,
                        '{"id":"pi/' || i || '"}' from n""");
            sql("update cursor set last_id = 8 where sink = 'mqtt'");
            sql(
                    """
                    insert into dead_letter (sink, event_id, reason, time, json)
                    select 'mqtt', event_id, 'not authorized' || char(27, 10) || '(135)',
                        replace(time, 'T10', 'T11'), json
                    from event where id <= 3 order by id""");
        }
    }

    @ParameterizedTest
    @CsvSource({"true, mqtt is paused. ", "false, mqtt is disabled. "})
    void aReplayToASinkThatDeliversNothingIsNotWaitedFor(boolean on, String why) throws Exception {
        try (Journal journal = new Journal(file, 1L << 30, Duration.ofDays(7))) {
            journal.start();
            if (on) {
                journal.register("mqtt", "newest");
                journal.sinks().paused("mqtt", true);
            }
            journal.registered();
            Outcome outcome = run("replay", "--sink", "mqtt", "--from", "2026-11-24T10:00:02Z", "--wait");
            assertEquals(1, outcome.code);
            assertTrue(outcome.err.contains("6 events wait to be replayed. " + why), outcome::toString);
        }
    }

    @Test
    void aDryRunOfAReplayOnlyCounts() {
        Outcome outcome = run(
                "replay",
                "--sink",
                "mqtt",
                "--from",
                "2026-11-24T10:00:02Z",
                "--to",
                "2026-11-24T10:00:09Z",
                "--dry-run");
        assertEquals(
                """
                6 events from 2026-11-24T10:00:02.000Z to 2026-11-24T10:00:07.000Z (back 2, front 4). Not counted: 1 event from that time that mqtt has not received yet and will get anyway.
                Nothing was changed. Without --dry-run, they would be delivered to mqtt again.
                """,
                outcome.out);
        assertEquals(0, sink("mqtt").get("replaying").asInt());
    }

    @Test
    void aReplayIsKeptForTheSinkAndCanBeCancelled() {
        Outcome outcome = run("replay", "--sink", "mqtt", "--from", "2026-11-24T10:00:02Z");
        assertEquals(0, outcome.code, outcome.err);
        assertTrue(
                outcome.out.contains(
                        "mqtt will get them again as soon as Wayside runs and no new events are waiting for it"),
                outcome.out);
        assertEquals(6, sink("mqtt").get("replaying").asInt());
        assertEquals(0, sink("influxdb").get("replaying").asInt());
        assertTrue(run("journal").out.contains("replaying"));
        assertEquals(
                "The replay of 6 events to mqtt would be cancelled. Nothing was changed.\n",
                run("replay", "--sink", "mqtt", "--cancel", "--dry-run").out);
        assertEquals("The replay of 6 events to mqtt is cancelled.\n", run("replay", "--sink", "mqtt", "--cancel").out);
        assertEquals("There is no replay to mqtt to cancel.\n", run("replay", "--sink", "mqtt", "--cancel").out);
        assertFalse(run("journal").out.contains("replaying"));
    }

    @Test
    void reportsTheContentOfTheJournalIfThereIsNothingToReplay() {
        assertEquals(
                "Nothing to replay: the journal has no event from 2025-01-01T00:00:00Z to 2025-01-02T00:00:00Z."
                        + " It has events from 2026-11-24T10:00:00.000Z to 2026-11-24T10:00:09.000Z.\n",
                run("replay", "--sink", "mqtt", "--from", "2025-01-01T00:00:00Z", "--to", "2025-01-02T00:00:00Z").out);
        assertEquals(
                "Nothing to replay: from that time the journal has 2 events that mqtt has not received yet and will get anyway.\n",
                run("replay", "--sink", "mqtt", "--from", "2026-11-24T10:00:08Z").out);
    }

    @Test
    void reportsThatASinkIsDisabled() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update cursor set active = 0");
        }
        String off = "mqtt is disabled. They are kept and delivered when it is enabled again.";
        assertTrue(run("replay", "--sink", "mqtt", "--from", "2026-11-24T10:00:02Z")
                .out
                .contains(off));
        assertEquals(
                "3 dead letters of mqtt, from 2026-11-24T11:00:00.000Z to 2026-11-24T11:00:02.000Z: " + off + "\n",
                run("dead-letters", "retry", "--sink", "mqtt").out);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "replay --sink nobody --from 2h;The journal knows no sink 'nobody'. It knows: influxdb, mqtt.",
                "dead-letters list --sink nobody;The journal knows no sink 'nobody'. It knows: influxdb, mqtt.",
                "dead-letters retry --sink nobody;The journal knows no sink 'nobody'. It knows: influxdb, mqtt.",
                "dead-letters purge --sink nobody;The journal knows no sink 'nobody'. It knows: influxdb, mqtt.",
                "replay --sink mqtt --from yesterday;--from is 'yesterday'; it must be a time such as",
                "replay --sink mqtt --from 2h --to later;--to is 'later'; it must be a time such as",
                "replay --sink mqtt --from 2026-11-24T10:00:00Z --to 2026-11-24T10:00:00Z;which is not before --to",
                "replay --sink mqtt --from 2h --cancel;Use either --from TIME",
                "replay --sink mqtt;Use either --from TIME",
                "replay --from 2h;Missing required option: '--sink=SINK'",
                "dead-letters retry;Missing required option: '--sink=SINK'",
                "dead-letters list --limit 0;--limit is 0; it must be at least 1.",
                "dead-letters retry --sink mqtt --id pi/1 --id pi/99;mqtt has no dead letter with the event id pi/99. Nothing was changed.",
                "dead-letters purge --sink mqtt --id pi/1 --before 2h;Use either --id or --before",
                "dead-letters purge --sink mqtt --before soon;--before is 'soon'; it must be a time such as"
            })
    void refusesInvalidOptionsWithASentence(String command, String sentence) {
        Outcome outcome = run(command.split(" "));
        assertEquals(2, outcome.code);
        assertTrue(outcome.err.contains(sentence), outcome.err);
        assertFalse(outcome.err.contains("\tat "), outcome.err);
        assertEquals("", outcome.out);
    }

    @Test
    void reportsThatThereIsNoJournalAndCreatesNone() throws Exception {
        Files.delete(file);
        for (String command : new String[] {"replay --sink mqtt --from 2h", "dead-letters list", "journal"}) {
            Outcome outcome = run(command.split(" "));
            assertEquals(1, outcome.code, command);
            assertTrue(outcome.err.contains("There is no journal " + file + " yet."), outcome.err);
            assertFalse(Files.exists(file));
        }
    }

    @Test
    void listsDeadLetters() throws Exception {
        assertEquals(
                """
                sink                letters   retrying  oldest                    newest
                influxdb                  0          0  -                         -
                mqtt                      3          0  2026-11-24T11:00:00.000Z  2026-11-24T11:00:02.000Z
                """,
                run("dead-letters", "list").out);
        assertEquals(
                """
                time                      id    reason
                2026-11-24T11:00:02.000Z  pi/3  not authorized (135)
                2026-11-24T11:00:01.000Z  pi/2  not authorized (135)

                The newest 2 of 3; --limit N shows more.
                """,
                run("dead-letters", "list", "--sink", "mqtt", "--limit", "2").out);
        assertEquals("influxdb has no dead letters.\n", run("dead-letters", "list", "--sink", "influxdb").out);
        JsonNode letters = JSON.readTree(run("dead-letters", "list", "--sink", "mqtt", "--json").out);
        assertEquals("pi/1", letters.at("/2/event/id").asText());
        assertEquals(
                3,
                JSON.readTree(run("dead-letters", "list", "--json").out)
                        .at("/1/letters")
                        .asInt());
    }

    @Test
    void retriesAllOrSelectedDeadLetters() {
        assertEquals(
                "3 dead letters of mqtt, from 2026-11-24T11:00:00.000Z to 2026-11-24T11:00:02.000Z would be retried."
                        + " Nothing was changed.\n",
                run("dead-letters", "retry", "--sink", "mqtt", "--dry-run").out);
        assertEquals(0, sink("mqtt").get("retrying").asInt());
        assertTrue(run("dead-letters", "retry", "--sink", "mqtt", "--id", "pi/1", "--id", "pi/3")
                .out
                .startsWith("2 dead letters of mqtt, from "));
        assertEquals(2, sink("mqtt").get("retrying").asInt());
        assertTrue(run("dead-letters", "list", "--sink", "mqtt").out.contains("(being retried) not authorized"));
        run("dead-letters", "retry", "--sink", "mqtt");
        assertEquals(3, sink("mqtt").get("retrying").asInt());
        assertEquals("influxdb has no dead letters.\n", run("dead-letters", "retry", "--sink", "influxdb").out);
    }

    @Test
    void purgesDeadLettersByAgeOrIdOrAll() {
        String before = "2026-11-24T11:00:01Z";
        assertEquals(
                "1 dead letter of mqtt, from 2026-11-24T11:00:00.000Z to 2026-11-24T11:00:00.000Z would be deleted."
                        + " Nothing was changed.\n",
                run("dead-letters", "purge", "--sink", "mqtt", "--before", before, "--dry-run").out);
        assertEquals(3, sink("mqtt").get("dead_letters").asInt());
        run("dead-letters", "purge", "--sink", "mqtt", "--before", before);
        assertEquals(2, sink("mqtt").get("dead_letters").asInt());
        assertEquals(
                "mqtt has no dead letters from before " + before + ".\n",
                run("dead-letters", "purge", "--sink", "mqtt", "--before", before).out);
        run("dead-letters", "purge", "--sink", "mqtt", "--id", "pi/2");
        assertEquals(1, sink("mqtt").get("dead_letters").asInt());
        run("dead-letters", "purge", "--sink", "mqtt");
        assertEquals("mqtt has no dead letters.\n", run("dead-letters", "purge", "--sink", "mqtt").out);
    }

    private Outcome run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Wayside.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] all = Stream.concat(Stream.of(arguments), Stream.of("--set", "journal.path=" + file))
                .toArray(String[]::new);
        return new Outcome(command.execute(all), out.toString(), err.toString());
    }

    private JsonNode sink(String name) {
        try {
            for (JsonNode sink : JSON.readTree(run("journal", "--json").out).get("sinks")) {
                if (sink.get("name").asText().equals(name)) {
                    return sink;
                }
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalStateException("no sink " + name);
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
