package dev.wayside.journal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dead letters that are retried or deleted. */
class DeadLetterRetryTest extends Redelivery {
    @Test
    void aRefusedReplayedEventIsOneDeadLetterOnly() throws Exception {
        refusals.put(3, "not this one");
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 10, sink)) {
            fill(flow, 1, 6);
            assertEquals(List.of("3|not this one|0"), letters(flow));
            refusals.put(3, "still not");
            refusals.put(5, "not any more");
            replay(flow, "a", NOON, NOON.plusSeconds(99));
            await().until(() -> left(flow, "a") == 0);
            assertEquals(List.of("3|still not|0", "5|not any more|0"), letters(flow));
            assertEquals(Stream.of(1, 2, 4, 6).map(i -> "replay " + i).toList(), received.subList(5, 9));
        }
    }

    @Test
    void anAcceptedDeadLetterIsDeletedAndOneRefusedAgainKeepsItsPlaceWithTheNewReason() throws Exception {
        refusals.putAll(Map.of(2, "two", 3, "three", 4, "four", 5, "five"));
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 10, sink)) {
            fill(flow, 1, 6);
            assertEquals(List.of("2|two|0", "3|three|0", "4|four|0", "5|five|0"), letters(flow));
            refusals.remove(2);
            refusals.remove(5);
            refusals.put(3, "three again");
            retry(flow, "a", "pi/front/2", "pi/front/3", "pi/front/5");
            await().until(() -> retrying(flow, "a") == 0);
            assertEquals(List.of("3|three again|0", "4|four|0"), letters(flow));
            assertEquals(List.of("retry 2", "retry 5"), received.subList(2, 4));
            refusals.clear();
            retry(flow, "a");
            await().until(() -> flow.sinkStatus("a").get("dead_letters").equals(0L));
            assertEquals(List.of("retry 3", "retry 4"), received.subList(4, 6));
        }
    }

    @Test
    void aDeadLetterRetriedWhileOthersAreInFlightIsNotLost() throws Exception {
        refusals.putAll(Map.of(1, "one", 2, "two", 3, "three"));
        Semaphore turns = new Semaphore(0);
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 10, exchange -> {
            if ("retry".equals(exchange.getVariable("kind"))) {
                turns.acquire();
            }
            receive(exchange);
        })) {
            fill(flow, 1, 3);
            refusals.clear();
            retry(flow, "a", "pi/front/1", "pi/front/3");
            await().until(turns::hasQueuedThreads);
            retry(flow, "a", "pi/front/2");
            turns.release(9);
            awaitReceived(3);
            assertEquals(List.of("retry 1", "retry 3", "retry 2"), received);
        }
    }

    @Test
    void deadLettersOutliveTheirEvents() throws Exception {
        refusals.put(1, "one");
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 10, sink)) {
            fill(flow, 1, 3);
            dropUpTo(flow, 3);
            refusals.clear();
            retry(flow, "a");
            awaitReceived(3);
            assertEquals("retry 1", received.get(2));
        }
    }

    @Test
    void aPurgeOnThePageLeavesWhatIsQueuedForARetry() throws Exception {
        refusals.putAll(Map.of(1, "one", 2, "two"));
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 10, sink)) {
            fill(flow, 1, 3);
            DeadLetters.Choice all = new DeadLetters.Choice(List.of(), null);
            try (Connection connection = flow.journal().writer().getConnection()) {
                connection.setAutoCommit(false);
                DeadLetters letters = new DeadLetters(connection);
                assertEquals(1, letters.retry("a", new DeadLetters.Choice(List.of("pi/front/2"), null)));
                assertEquals(1, letters.purgeUnlessQueued("a", all));
                assertEquals("pi/front/2", letters.newest("a", 10).get(0).eventId());
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    @Test
    void purgesAllOrSomeOrThoseBeforeATime() throws Exception {
        refusals.putAll(Map.of(1, "one", 2, "two", 3, "three", 4, "four"));
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 10, sink)) {
            fill(flow, 1, 5);
            try (Connection connection = flow.journal().writer().getConnection()) {
                Sql.execute(
                        connection,
                        "update dead_letter set time = '2026-11-24T12:00:00.000Z' where event_id = 'pi/front/3'");
            }
            try (JournalClient client = JournalClient.to(file)) {
                DeadLetters letters = client.deadLetters();
                DeadLetters.Choice some = new DeadLetters.Choice(List.of("pi/front/1", "elsewhere"), null);
                assertEquals(List.of("elsewhere"), letters.unknown("a", some));
                assertEquals(1, letters.count("a", some).letters());
                letters.purge("a", some);
                assertEquals(3, letters.newest("a", 10).size());
                DeadLetters.Choice old = new DeadLetters.Choice(List.of(), NOON.plusSeconds(1));
                assertEquals("2026-11-24T12:00:00.000Z", letters.count("a", old).newest());
                letters.purge("a", old);
                assertEquals(List.of("2|two|0", "4|four|0"), letters(flow));
                letters.purge("a", new DeadLetters.Choice(List.of(), null));
                assertEquals(
                        new DeadLetters.Count("a", 0, 0, null, null),
                        letters.counts().get(0));
            }
        }
    }
}
