package dev.wayside.journal;

import static dev.wayside.journal.JournalFlow.batch;
import static dev.wayside.journal.JournalFlow.event;
import static dev.wayside.journal.JournalFlow.reject;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final long MEGA = 1024 * 1024;

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("journal.db");
    }

    @Test
    void dropsTheOldestAboveTheSizeCapCountsThemForWhoHadNotGotThemAndShrinks() throws Exception {
        CopyOnWriteArrayList<Object> quick = new CopyOnWriteArrayList<>();
        Journal journal = new Journal(file, MEGA, Duration.ofDays(7));
        try (JournalFlow flow = new JournalFlow(journal)
                .sink("dead", "newest", 100, exchange -> {
                    throw new IllegalStateException("away");
                })
                .sink("quick", "newest", 100, exchange -> quick.addAll(batch(exchange)))) {
            fill(flow, 1, 3000);
            await().atMost(Duration.ofSeconds(20)).until(() -> quick.size() >= 3000);
            journal.keepToCaps();
            await().atMost(Duration.ofSeconds(20)).until(() -> Files.size(file) <= MEGA);
            long kept = Sql.number(journal, "select count(*) from event");
            assertTrue(kept > 500 && kept < 3000, "kept " + kept);
            assertEquals(3000, Sql.number(journal, "select max(id) from event"), "the newest stay");
            assertEquals(3000 - kept, flow.sinkStatus("dead").get("dropped"));
            assertEquals(kept, flow.sinkStatus("dead").get("backlog"));
            assertEquals(0L, flow.sinkStatus("quick").get("dropped"), "it had them");
        }
    }

    @Test
    void deadLettersMakeWayForEvents() throws Exception {
        Journal journal = new Journal(file, MEGA, Duration.ofDays(7));
        try (JournalFlow flow = new JournalFlow(journal).sink("picky", "newest", 100, exchange -> {
            batch(exchange).forEach(event -> reject(exchange, event, "no"));
        })) {
            fill(flow, 1, 900);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> flow.sinkStatus("picky").get("backlog").equals(0L));
            journal.keepToCaps();
            // While somebody reads, the file keeps its size; every two seconds it is tried again.
            await().atMost(Duration.ofSeconds(20)).until(() -> Files.size(file) <= MEGA);
            assertTrue(Sql.number(journal, "select count(*) from dead_letter") < 900);
            assertEquals(900, Sql.number(journal, "select count(*) from event"), "no event went for them");
            assertEquals(
                    "pi/front/900",
                    Sql.rows(journal, "select event_id from dead_letter order by id desc")
                            .get(0));
        }
    }

    @Test
    void deadLettersHaveAnEighthOfAFileThatEventsFill() throws Exception {
        Journal journal = new Journal(file, MEGA, Duration.ofDays(7));
        try (JournalFlow flow = new JournalFlow(journal).sink("picky", "newest", 100, exchange -> {
            batch(exchange).forEach(event -> reject(exchange, event, "no"));
        })) {
            fill(flow, 1, 1500);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> flow.sinkStatus("picky").get("backlog").equals(0L));
            journal.keepToCaps();
            await().atMost(Duration.ofSeconds(20)).until(() -> Files.size(file) <= MEGA);
            assertTrue(Sql.number(journal, "select sum(octet_length(json)) from dead_letter") <= MEGA / 8);
        }
    }

    @Test
    void keepsTheNewestTenThousandDeadLetters() throws Exception {
        try (JournalFlow flow = new JournalFlow(file)) {
            try (Connection connection = flow.journal().writer().getConnection()) {
                Sql.execute(
                        connection,
                        "with recursive number(i) as (select 1 union all select i + 1 from number where i < 15000)"
                                + " insert into dead_letter (sink, event_id, time, json)"
                                + " select case when i <= 3000 then 'a' else 'b' end, i, '', '{}' from number");
                Sql.execute(connection, "delete from dead_letter where sink = 'b'");
            }
            flow.journal().keepToCaps();
            assertEquals(
                    3000, Sql.number(flow.journal(), "select count(*) from dead_letter"), "numbers are not counts");
            try (Connection connection = flow.journal().writer().getConnection()) {
                Sql.execute(
                        connection,
                        "with recursive number(i) as (select 1 union all select i + 1 from number where i < 8000)"
                                + " insert into dead_letter (sink, event_id, time, json)"
                                + " select 'c', i, '', '{}' from number");
            }
            flow.journal().keepToCaps();
            assertEquals(
                    List.of("a 2000", "c 8000"),
                    Sql.rows(flow.journal(), "select sink || ' ' || count(*) from dead_letter group by sink"));
        }
    }

    @Test
    void aLongLookIntoTheFileHoldsUpNoEventWhileItIsKeptToItsCaps() throws Exception {
        Journal journal = new Journal(file, MEGA, Duration.ofDays(7));
        try (JournalFlow flow = new JournalFlow(journal)) {
            fill(flow, 1, 3000);
            try (Connection reader = journal.reader().getConnection()) {
                reader.setAutoCommit(false);
                assertEquals(1, Sql.rows(reader, "select count(*) from event").size());
                long start = System.nanoTime();
                journal.keepToCaps();
                flow.append(event(3001));
                assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(4), "SQLite waits for 5 s otherwise");
            }
        }
    }

    @Test
    void whatCannotBeTidiedStaysSaidWhileEventsAreTaken() throws Exception {
        try (JournalFlow flow = new JournalFlow(new Journal(file, MEGA, Duration.ofDays(7)))) {
            execute(flow, "create trigger stuck before delete on event begin select raise(fail, 'stuck'); end");
            fill(flow, 1, 2000);
            await().until(() ->
                    String.valueOf(flow.journal().status().get("reason")).startsWith("cannot tidy "));
            flow.append(event(2001));
            assertEquals(2001, Sql.number(flow.journal(), "select count(*) from event"));
            assertTrue(String.valueOf(flow.journal().status().get("reason")).endsWith("stuck)"));
            execute(flow, "drop trigger stuck");
            await().until(() -> flow.journal().status().get("reason") == null);
        }
    }

    private static void execute(JournalFlow flow, String sql) throws Exception {
        try (Connection connection = flow.journal().writer().getConnection()) {
            Sql.execute(connection, sql);
        }
    }

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
            assertEquals(null, flow.journal().status().get("reason"));
        }
    }

    @Test
    void aSinkThatIsOffHoldsNothingBackAndMissesNothingWorthCounting() throws Exception {
        try (JournalFlow flow = new JournalFlow(file).sink("old", "newest", 10, exchange -> {})) {
            flow.append(event(1));
        }
        Journal journal = new Journal(file, MEGA, Duration.ofDays(7));
        try (JournalFlow flow = new JournalFlow(journal)) {
            fill(flow, 2, 3000);
            journal.keepToCaps();
            await().atMost(Duration.ofSeconds(20)).until(() -> Files.size(file) <= MEGA);
            assertEquals(0L, flow.sinkStatus("old").get("dropped"));
            assertEquals(false, flow.sinkStatus("old").get("active"));
        }
    }

    @Test
    void ageCountsOnlyTimeInWhichTheJournalIsInUse() throws Exception {
        try (JournalFlow flow = new JournalFlow(file).sink("dead", "oldest", 10, exchange -> {
            throw new IllegalStateException("away");
        })) {
            fill(flow, 1, 20);
            Retention aDay = new Retention(1L << 30, Duration.ofDays(1));
            Map<String, Long> dropped = new HashMap<>();
            long day = Duration.ofDays(1).toMillis();
            try (Connection connection = flow.journal().writer().getConnection()) {
                long newest = Sql.number(flow.journal(), "select max(accepted) from event");
                assertFalse(aDay.dropSome(connection, day - 1, dropped), "none is a day old");
                Sql.execute(connection, "update event set accepted = " + (newest + day) + " where id > 15");
                assertTrue(aDay.dropSome(connection, newest + day + 1, dropped));
            }
            assertEquals(Map.of("dead", 15L), dropped);
            assertEquals(List.of("5"), Sql.rows(flow.journal(), "select count(*) from event"));
        }
    }

    @Test
    void theClockGoesOnWhereItStoodWhateverTheWallClockSays() throws Exception {
        try (JournalFlow flow = new JournalFlow(file)) {
            flow.append(event(1));
            try (Connection connection = flow.journal().writer().getConnection()) {
                Sql.execute(connection, "update event set accepted = 86400000");
            }
        }
        try (JournalFlow flow = new JournalFlow(file)) {
            // An event's own time is the wall clock's: a year ahead, then a year back.
            Map<String, Object> ahead = event(2);
            ahead.put("time", "2027-11-23T10:15:30.123Z");
            Map<String, Object> back = event(3);
            back.put("time", "2025-11-23T10:15:30.123Z");
            flow.append(ahead);
            flow.append(back);
            flow.journal().keepToCaps();
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
    void migratesStepByStepAndRefusesWhatIsNewerThanItself() throws Exception {
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
    void oneFileIsForOneWayside() throws Exception {
        try (JournalFlow first = new JournalFlow(file);
                Journal second = new Journal(file, MEGA, Duration.ofDays(1))) {
            assertNotNull(first.journal().status());
            assertTrue(assertThrows(JournalException.class, second::start)
                    .getMessage()
                    .contains("another Wayside uses the journal"));
        }
    }

    @Test
    void refusesEventsWithAReasonWhileItCannotBeOpenedAndThenOpensByItself() throws Exception {
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
    void resumesByItselfAfterAWriteThatFailed() throws Exception {
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
    void findsOutByItselfThatItsTroubleIsOverWhenNoEventComes() throws Exception {
        try (JournalFlow flow = new JournalFlow(file)) {
            try (Connection connection = flow.journal().writer().getConnection()) {
                Sql.execute(connection, "pragma query_only = 1");
            }
            assertThrows(IllegalStateException.class, () -> flow.append(event(1)));
            assertTrue(String.valueOf(flow.journal().status().get("reason")).startsWith("cannot write "));
            await().until(() -> flow.journal().status().get("reason") == null);
        }
    }

    private static void fill(JournalFlow flow, int first, int last) {
        String padding = "x".repeat(500);
        for (int i = first; i <= last; i++) {
            Map<String, Object> event = event(i);
            event.put("padding", padding);
            flow.append(event);
        }
    }

    private static String size(Path file) {
        return String.valueOf(file.toFile().length());
    }
}
