package dev.wayside.journal;

import static dev.wayside.journal.JournalFlow.batch;
import static dev.wayside.journal.JournalFlow.event;
import static dev.wayside.journal.JournalFlow.reject;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the journal drops to stay within its caps, and in which order. */
class RetentionTest extends OneJournal {
    @Test
    void dropsTheOldestAboveTheSizeCapCountsThemForEachSinkAndShrinks() throws Exception {
        CopyOnWriteArrayList<Object> quick = new CopyOnWriteArrayList<>();
        Journal journal = new Journal(file, MEGA, Duration.ofDays(7));
        try (JournalFlow flow = new JournalFlow(journal)
                .sink("dead", "newest", 100, exchange -> {
                    throw new IllegalStateException("away");
                })
                .sink("quick", "newest", 100, exchange -> quick.addAll(batch(exchange)))) {
            for (int last = 500; last <= 3000; last += 500) {
                int sent = last;
                fill(flow, sent - 499, sent);
                // Otherwise the cap, which is enforced every two seconds, could drop what it has not received yet.
                await().atMost(Duration.ofSeconds(20)).until(() -> quick.size() >= sent);
            }
            journal.applyCaps();
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
            fill(flow, 1, 750);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> flow.sinkStatus("picky").get("backlog").equals(0L));
            journal.applyCaps();
            // While a reader is active, the file cannot shrink; the journal tries again every two seconds.
            await().atMost(Duration.ofSeconds(20)).until(() -> Files.size(file) <= MEGA);
            assertTrue(Sql.number(journal, "select count(*) from dead_letter") < 750);
            assertEquals(750, Sql.number(journal, "select count(*) from event"), "no event went for them");
            assertEquals(
                    "pi/front/750",
                    Sql.rows(journal, "select event_id from dead_letter order by id desc")
                            .get(0));
        }
    }

    @Test
    void deadLettersHaveAnEighthOfAFileThatEventsFill() throws Exception {
        Journal journal = new Journal(file, MEGA, Duration.ofDays(7));
        try (JournalFlow flow = new JournalFlow(journal).sink("picky", "newest", 100, exchange -> {
            batch(exchange).forEach(event -> reject(exchange, event, "no".repeat(200)));
        })) {
            fill(flow, 1, 1500);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> flow.sinkStatus("picky").get("backlog").equals(0L));
            journal.applyCaps();
            await().atMost(Duration.ofSeconds(20)).until(() -> Files.size(file) <= MEGA);
            assertTrue(Sql.number(journal, "select sum(octet_length(json) + octet_length(reason)) from dead_letter")
                    <= MEGA / 8);
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
            flow.journal().applyCaps();
            assertEquals(
                    3000, Sql.number(flow.journal(), "select count(*) from dead_letter"), "numbers are not counts");
            try (Connection connection = flow.journal().writer().getConnection()) {
                Sql.execute(
                        connection,
                        "with recursive number(i) as (select 1 union all select i + 1 from number where i < 8000)"
                                + " insert into dead_letter (sink, event_id, time, json)"
                                + " select 'c', i, '', '{}' from number");
            }
            flow.journal().applyCaps();
            assertEquals(
                    List.of("a 2000", "c 8000"),
                    Sql.rows(flow.journal(), "select sink || ' ' || count(*) from dead_letter group by sink"));
        }
    }

    @Test
    void aLongReadDelaysNoEventWhileTheCapsAreApplied() throws Exception {
        Journal journal = new Journal(file, MEGA, Duration.ofDays(7));
        try (JournalFlow flow = new JournalFlow(journal)) {
            fill(flow, 1, 3000);
            try (Connection reader = journal.reader().getConnection()) {
                reader.setAutoCommit(false);
                assertEquals(1, Sql.rows(reader, "select count(*) from event").size());
                long start = System.nanoTime();
                journal.applyCaps();
                flow.append(event(3001));
                assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(4), "SQLite waits for 5 s otherwise");
            }
        }
    }

    @Test
    void aFailureOfMaintenanceStaysInTheStatusWhileEventsAreAccepted() throws Exception {
        try (JournalFlow flow = new JournalFlow(new Journal(file, MEGA, Duration.ofDays(7)))) {
            execute(flow, "create trigger stuck before delete on event begin select raise(fail, 'stuck'); end");
            fill(flow, 1, 2000);
            await().until(() ->
                    String.valueOf(flow.journal().status().get("reason")).startsWith("cannot maintain "));
            flow.append(event(2001));
            assertEquals(2001, Sql.number(flow.journal(), "select count(*) from event"));
            assertTrue(String.valueOf(flow.journal().status().get("reason")).endsWith("stuck)"));
            execute(flow, "drop trigger stuck");
            await().until(() -> flow.journal().status().get("reason") == null);
        }
    }

    @Test
    void aDisabledSinkKeepsNoEventsAndCountsNoDrops() throws Exception {
        try (JournalFlow flow = new JournalFlow(file).sink("old", "newest", 10, exchange -> {})) {
            flow.append(event(1));
        }
        Journal journal = new Journal(file, MEGA, Duration.ofDays(7));
        try (JournalFlow flow = new JournalFlow(journal)) {
            journal.registered();
            fill(flow, 2, 3000);
            journal.applyCaps();
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
                assertEquals(0, aDay.lastToDrop(connection, day - 1), "no event is a day old");
                Sql.execute(connection, "update event set accepted = " + (newest + day) + " where id > 15");
                long last = aDay.lastToDrop(connection, newest + day + 1);
                assertEquals(15, last);
                aDay.drop(connection, last, dropped);
            }
            assertEquals(Map.of("dead", 15L), dropped);
            assertEquals(List.of("5"), Sql.rows(flow.journal(), "select count(*) from event"));
        }
    }
}
