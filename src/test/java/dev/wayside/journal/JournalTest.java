package dev.wayside.journal;

import static dev.wayside.journal.JournalFlow.batch;
import static dev.wayside.journal.JournalFlow.event;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class JournalTest extends OneJournal {
    @Test
    void aSinkThatCannotBeRegisteredNowIsRegisteredLater() throws Exception {
        CopyOnWriteArrayList<Map<String, Object>> received = new CopyOnWriteArrayList<>();
        try (JournalFlow flow = new JournalFlow(file)) {
            flow.append(event(1));
            try (Connection connection = flow.journal().writer().getConnection()) {
                Sql.execute(connection, "pragma query_only = 1");
            }
            flow.sink("a", "oldest", 10, exchange -> received.addAll(batch(exchange)));
            assertTrue(String.valueOf(flow.journal().status().get("reason")).startsWith("cannot register a in "));
            assertTrue(flow.journal().isOpen(), "events are taken");
            await().until(() -> received.equals(List.of(event(1))));
            // The maintenance that registers the sink ends a moment after the sink's first delivery.
            await().until(() -> flow.journal().status().get("reason") == null);
        }
    }

    @Test
    void everyCommitIsOnTheDisk() throws Exception {
        try (JournalFlow flow = new JournalFlow(file);
                Connection connection = flow.journal().writer().getConnection()) {
            assertEquals(List.of("wal"), Sql.rows(connection, "pragma journal_mode"));
            assertEquals(List.of("2"), Sql.rows(connection, "pragma synchronous"), "FULL");
        }
    }

    @Test
    void theClockContinuesAfterARestartWhateverTheWallClockSays() throws Exception {
        try (JournalFlow flow = new JournalFlow(file)) {
            flow.append(event(1));
            try (Connection connection = flow.journal().writer().getConnection()) {
                Sql.execute(connection, "update event set accepted = 86400000");
            }
        }
        try (JournalFlow flow = new JournalFlow(file)) {
            // The events' times are the wall clock's: a year ahead, then a year back.
            Map<String, Object> ahead = event(2);
            ahead.put("time", "2027-11-23T10:15:30.123Z");
            Map<String, Object> back = event(3);
            back.put("time", "2025-11-23T10:15:30.123Z");
            flow.append(ahead);
            flow.append(back);
            flow.journal().applyCaps();
            assertEquals(List.of("1", "2", "3"), Sql.rows(flow.journal(), "select id from event order by id"));
            assertEquals(
                    List.of("1"),
                    Sql.rows(
                            flow.journal(),
                            "select count(*) = 2 from event where id > 1 and accepted between 86400000 and 86460000"));
        }
        long[] nanos = {0};
        JournalClock clock = new JournalClock(5000, () -> nanos[0]);
        nanos[0] = Duration.ofSeconds(3).toNanos();
        assertEquals(8000, clock.millis());
    }

    @Test
    void migratesStepByStepAndRefusesANewerVersion() throws Exception {
        JournalSchema one = new JournalSchema(List.of("create table a (x);\n"));
        JournalSchema two = new JournalSchema(
                List.of("create table a (x);\n", "alter table a\n  add y;\ninsert into a values (1, 2);\n"));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            one.migrate(connection);
            assertEquals(1, JournalSchema.version(connection));
            two.migrate(connection);
            two.migrate(connection);
            assertEquals(2, JournalSchema.version(connection));
            assertEquals(List.of("3"), Sql.rows(connection, "select x + y from a"));
            JournalSchema broken = new JournalSchema(List.of("", "", "create table b (x);\nno sql;\n"));
            assertThrows(java.sql.SQLException.class, () -> broken.migrate(connection));
            assertEquals(2, JournalSchema.version(connection), "all of a step or nothing");
            assertEquals(List.of(), Sql.rows(connection, "select name from sqlite_master where name = 'b'"));
            assertTrue(assertThrows(JournalException.class, () -> one.migrate(connection))
                    .getMessage()
                    .contains("newer Wayside"));
        }
    }

    @Test
    void onlyOneProcessCanUseAFile() throws Exception {
        try (JournalFlow first = new JournalFlow(file);
                Journal second = new Journal(file, MEGA, Duration.ofDays(1))) {
            assertNotNull(first.journal().status());
            assertTrue(assertThrows(JournalException.class, second::start)
                    .getMessage()
                    .contains("another Wayside uses the journal"));
        }
    }

    @Test
    void refusesEventsWithAReasonUntilItCanBeOpened() throws Exception {
        Path blocked = directory.resolve("blocked");
        Files.writeString(blocked, "a file where the folder should be");
        Journal journal = new Journal(blocked.resolve("journal.db"), MEGA, Duration.ofDays(1));
        CopyOnWriteArrayList<Map<String, Object>> received = new CopyOnWriteArrayList<>();
        try (JournalFlow flow = new JournalFlow(journal).sink("a", "newest", 10, e -> received.addAll(batch(e)))) {
            assertThrows(IllegalStateException.class, () -> flow.append(event(1)));
            assertTrue(String.valueOf(journal.status().get("reason")).startsWith("cannot open "));
            Files.delete(blocked);
            await().until(() -> journal.status().get("reason") == null);
            flow.append(event(2));
            await().until(() -> received.equals(List.of(event(2))));
        }
    }

    @Test
    void resumesByItselfAfterAFailedWrite() throws Exception {
        try (JournalFlow flow = new JournalFlow(file)) {
            flow.append(event(1));
            try (Connection connection = flow.journal().writer().getConnection()) {
                Sql.execute(connection, "pragma max_page_count = 1");
                Sql.execute(connection, "pragma query_only = 1");
            }
            assertThrows(IllegalStateException.class, () -> flow.append(event(2)));
            assertTrue(String.valueOf(flow.journal().status().get("reason")).startsWith("cannot write "));
            flow.append(event(3));
            assertEquals(List.of("pi/front/1", "pi/front/3"), Sql.rows(flow.journal(), "select event_id from event"));
            assertEquals(null, flow.journal().status().get("reason"));
        }
    }

    @Test
    void noticesWithoutNewEventsThatWritingWorksAgain() throws Exception {
        try (JournalFlow flow = new JournalFlow(file)) {
            try (Connection connection = flow.journal().writer().getConnection()) {
                Sql.execute(connection, "pragma query_only = 1");
            }
            assertThrows(IllegalStateException.class, () -> flow.append(event(1)));
            assertTrue(String.valueOf(flow.journal().status().get("reason")).startsWith("cannot write "));
            await().until(() -> flow.journal().status().get("reason") == null);
        }
    }
}
