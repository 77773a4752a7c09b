package dev.wayside.journal;

import static dev.wayside.journal.JournalFlow.batch;
import static dev.wayside.journal.JournalFlow.event;
import static dev.wayside.journal.JournalFlow.reject;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** No event is dropped without being counted, and none is counted that a sink has received. */
class DroppedEventsTest extends OneJournal {
    @Test
    void whatIsDroppedBeforeTheRoutesAreStartedIsCounted() throws Exception {
        try (JournalFlow flow = new JournalFlow(file).sink("dead", "newest", 10, exchange -> {
            throw new IllegalStateException("away");
        })) {
            fill(flow, 1, 3000);
        }
        Journal smaller = new Journal(file, MEGA, Duration.ofDays(7));
        try (JournalFlow flow = new JournalFlow(smaller)) {
            smaller.applyCaps();
            smaller.register("dead", "newest");
            smaller.registered();
            long kept = Sql.number(smaller, "select count(*) from event");
            assertTrue(kept < 3000, "kept " + kept);
            assertEquals(3000 - kept, flow.sinkStatus("dead").get("dropped"));
            assertEquals(kept, flow.sinkStatus("dead").get("backlog"));
        }
    }

    @Test
    void eventsThatAreDroppedWhileTheyAreInFlightAreDeliveredOrDeadLetters() throws Exception {
        Semaphore turns = new Semaphore(0);
        try (JournalFlow flow = new JournalFlow(file)) {
            for (int i = 1; i <= 6; i++) {
                flow.append(event(i));
            }
            flow.sink("a", "oldest", 5, exchange -> {
                turns.acquire();
                batch(exchange).stream()
                        .filter(event -> event.get("sequence").equals(2))
                        .forEach(event -> reject(exchange, event, "too large"));
            });
            await().until(turns::hasQueuedThreads);
            dropUpTo(flow, 4);
            assertEquals(4L, flow.sinkStatus("a").get("dropped"));
            turns.release(9);
            await().until(() -> flow.sinkStatus("a").get("backlog").equals(0L));
            assertEquals(0L, flow.sinkStatus("a").get("dropped"), "it has them, or refused them");
            assertEquals(
                    List.of("pi/front/2 too large 2"),
                    Sql.rows(
                            flow.journal(),
                            "select event_id || ' ' || reason || ' ' || (json ->> 'sequence') from dead_letter"));
        }
    }

    /** A user's own event may have any number as a count. */
    @Test
    void enormousCountsAreCountedUpToALimit() throws Exception {
        try (JournalFlow flow = new JournalFlow(file)) {
            for (int i = 1; i <= 3; i++) {
                Map<String, Object> event = event(i);
                event.put("x_count", Long.MAX_VALUE);
                event.put("y_count", Long.MIN_VALUE);
                flow.append(event);
            }
            flow.journal().countNew();
            assertEquals(
                    List.of("x 3000000 1000000", "y 0 0"),
                    Sql.rows(
                            flow.journal(),
                            "select label || ' ' || total || ' ' || most from label_count where seconds = 60 order by 1"));
        }
    }

    @Test
    void theCapsAreAppliedEvenIfNoEventCanBeCounted() throws Exception {
        Journal journal = new Journal(file, MEGA, Duration.ofDays(7));
        try (JournalFlow flow = new JournalFlow(journal)) {
            execute(flow, "create trigger stuck before insert on label_count begin select raise(fail, 'stuck'); end");
            Map<String, Object> counted = event(1);
            counted.put("car_count", 1);
            flow.append(counted);
            fill(flow, 2, 3000);
            journal.applyCaps();
            assertTrue(Sql.number(journal, "select count(*) from event") < 3000);
            fill(flow, 3001, 3010);
            flow.append(counted);
            await().until(() -> String.valueOf(journal.status().get("reason")).contains("stuck"));
            execute(flow, "drop trigger stuck");
            await().atMost(Duration.ofSeconds(20)).until(() -> journal.status().get("reason") == null);
        }
    }

    /** Four cameras with 80 labels have as many sums in a day. */
    @Test
    void sumsHaveAnEighthOfAFileThatEventsFill() throws Exception {
        Journal journal = new Journal(file, 4 * MEGA, Duration.ofDays(7));
        try (JournalFlow flow = new JournalFlow(journal)) {
            execute(
                    flow,
                    "with recursive number(i) as (select 1 union all select i + 1 from number where i < 100000)"
                            + " insert into label_count select iif(i % 60 = 0, 3600, 60), i * 60, 'front', 'label',"
                            + " 60, 60, 1, 0 from number");
            fill(flow, 1, 2000);
            journal.applyCaps();
            assertEquals(2000, Sql.number(journal, "select count(*) from event"), "no event went for the sums");
            long sums = Sql.number(journal, "select count(*) from label_count");
            assertTrue(sums < 100_000, "sums: " + sums);
            assertEquals(1666, Sql.number(journal, "select count(*) from label_count where seconds = 3600"));
        }
    }

    private static void dropUpTo(JournalFlow flow, int last) throws Exception {
        try (Connection connection = flow.journal().writer().getConnection()) {
            new Retention(1L << 30, Duration.ofDays(1)).drop(connection, last, new HashMap<>());
        }
    }
}
