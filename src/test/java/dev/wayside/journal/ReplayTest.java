package dev.wayside.journal;

import static dev.wayside.journal.JournalFlow.batch;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.wayside.journal.EventDelivery.State;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which events a replay delivers again, with the real kamelets. */
class ReplayTest extends Redelivery {
    @Test
    void theRangeOfAReplayIncludesItsStartAndExcludesItsEnd() throws Exception {
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 3, sink)) {
            fill(flow, 1, 20);
            replay(flow, "a", NOON.plusSeconds(5), NOON.plusSeconds(15));
            awaitReceived(30);
            assertEquals(Stream.concat(all("new", 1, 20), all("replay", 5, 14)).toList(), received);
            await().until(() -> left(flow, "a") == 0);
            await().until(() ->
                    Sql.rows(flow.journal(), "select id from replay").isEmpty());
        }
    }

    @Test
    void aReplayWhoseEventsAreAllGoneDoesNotHoldUpTheNextOne() throws Exception {
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 3, sink)) {
            fill(flow, 1, 6);
            execute(
                    flow,
                    "insert into replay (sink, since, until, done, last, events) values ('a', '2', '1', 0, 6, 4)");
            replay(flow, "a", NOON.plusSeconds(5), NOON.plusSeconds(9));
            awaitReceived(8);
            assertEquals(all("replay", 5, 6).toList(), received.subList(6, 8));
            await().until(() ->
                    Sql.rows(flow.journal(), "select id from replay").isEmpty());
        }
    }

    @Test
    void anEventThatIsAcceptedInAReplayIsNoDeadLetterAnyMore() throws Exception {
        refusals.put(2, "two");
        refusals.put(3, "three");
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 3, sink)) {
            fill(flow, 1, 6);
            refusals.remove(2);
            replay(flow, "a", NOON, NOON.plusSeconds(99));
            await().until(() -> left(flow, "a") == 0);
            assertEquals(List.of("3|three|0"), letters(flow));
        }
    }

    @Test
    void replayedEventsFromBeforeTheSinkCountAsDelivered() throws Exception {
        try (JournalFlow flow = new JournalFlow(file)) {
            append(flow, 1, 12);
            flow.sink("a", "newest", 3, sink);
            fill(flow, 13, 14);
            replay(flow, "a", NOON.plusSeconds(1), NOON.plusSeconds(3));
            replay(flow, "a", NOON.plusSeconds(5), NOON.plusSeconds(99));
            await().until(() -> left(flow, "a") == 0);
            assertEquals(State.DELIVERED, state(flow, 5));
            assertEquals(State.DELIVERED, state(flow, 12));
            assertEquals(State.NOT_MEANT, state(flow, 4), "it was not replayed");
        }
    }

    private static void execute(JournalFlow flow, String sql) throws Exception {
        try (Connection connection = flow.journal().writer().getConnection()) {
            Sql.execute(connection, sql);
        }
    }

    private static State state(JournalFlow flow, long number) throws Exception {
        return flow.journal()
                .keptEvents()
                .find(number)
                .orElseThrow()
                .deliveries()
                .get(0)
                .state();
    }

    @Test
    void findsEventsByTheirTimeInAnyFormat() throws Exception {
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 3, sink)) {
            String[] times = {
                "2026-11-24T12:00:00Z", "2026-11-24T13:00:00.500+01:00", "2026-11-24T12:00:01.000Z", "never", null
            };
            for (int i = 0; i < times.length; i++) {
                Map<String, Object> event = JournalFlow.event(i + 1);
                event.put("time", times[i]);
                flow.append(event);
            }
            awaitReceived(5);
            await().until(() -> flow.sinkStatus("a").get("backlog").equals(0L));
            replay(flow, "a", NOON, NOON.plusSeconds(1));
            awaitReceived(7);
            assertEquals(all("replay", 1, 2).toList(), received.subList(5, 7));
        }
    }

    @Test
    void lookingChangesNothing() throws Exception {
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 3, sink)) {
            fill(flow, 1, 10);
            try (JournalClient client = JournalClient.to(file)) {
                Replays.Match match = client.replays().find("a", NOON.plusSeconds(2), NOON.plusSeconds(9));
                assertEquals(7, match.events());
                assertEquals(Map.of("front", 7L), match.eventsOfCamera());
                assertEquals(new Replays.Span("2026-11-24T12:00:02.000Z", "2026-11-24T12:00:08.000Z"), match.span());
                assertEquals(0, match.waiting());
                assertEquals(
                        0,
                        client.replays()
                                .find("a", NOON.plusSeconds(11), NOON.plusSeconds(99))
                                .events());
                assertEquals(
                        "2026-11-24T12:00:10.000Z",
                        client.replays().span().orElseThrow().last());
            }
            assertEquals(0, left(flow, "a"));
            assertEquals(10, received.size());
        }
    }

    @Test
    void leavesOutEventsThatTheSinkHasNotReceivedYet() throws Exception {
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 100, sink)) {
            fill(flow, 1, 6);
        }
        try (JournalFlow flow = new JournalFlow(file)) {
            flow.journal().registered();
            append(flow, 7, 10);
            try (JournalClient client = JournalClient.to(file)) {
                assertFalse(client.isOn("a"));
                assertEquals(
                        4,
                        client.replays().find("a", NOON, NOON.plusSeconds(99)).waiting());
            }
            replay(flow, "a", NOON.plusSeconds(5), NOON.plusSeconds(99));
            assertEquals(2, left(flow, "a"), "kept for the sink that is off");
        }
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 100, sink)) {
            await().until(() -> received.size() >= 12 && left(flow, "a") == 0);
            assertEquals(Stream.concat(all("new", 1, 10), all("replay", 5, 6)).toList(), received);
        }
    }

    @Test
    void replaysAreDeliveredOneAfterTheOtherAndOnlyToTheirSink() throws Exception {
        List<String> other = new CopyOnWriteArrayList<>();
        try (JournalFlow flow = new JournalFlow(file)
                .sink("a", "newest", 4, sink)
                .sink("b", "newest", 4, exchange -> batch(exchange).forEach(e -> other.add("" + e.get("sequence"))))) {
            fill(flow, 1, 8);
            replay(flow, "a", NOON.plusSeconds(6), NOON.plusSeconds(99));
            replay(flow, "a", NOON, NOON.plusSeconds(3));
            awaitReceived(13);
            assertEquals(Stream.concat(all("replay", 6, 8), all("replay", 1, 2)).toList(), received.subList(8, 13));
            await().until(() -> other.size() >= 8);
            assertEquals(8, other.size());
        }
    }

    @Test
    void aCancelledReplayStops() throws Exception {
        Semaphore turns = new Semaphore(0);
        try (JournalFlow flow = flowThatRepeatsOnlyWith(turns)) {
            fill(flow, 1, 20);
            replay(flow, "a", NOON, NOON.plusSeconds(99));
            await().until(turns::hasQueuedThreads);
            try (JournalClient client = JournalClient.to(file)) {
                assertEquals(20, client.replays().left("a"));
                client.replays().cancel("a");
            }
            turns.release(10);
            awaitReceived(24);
            append(flow, 21, 21);
            awaitReceived(25);
            assertEquals("new 21", received.get(24), "the batch in flight was the last");
        }
    }

    @Test
    void droppedEventsAreNotReplayedAndAnEmptyReplayIsDeleted() throws Exception {
        Semaphore turns = new Semaphore(0);
        try (JournalFlow flow = flowThatRepeatsOnlyWith(turns)) {
            fill(flow, 1, 20);
            replay(flow, "a", NOON.plusSeconds(1), NOON.plusSeconds(11));
            replay(flow, "a", NOON.plusSeconds(3), NOON.plusSeconds(6));
            replay(flow, "a", NOON.plusSeconds(14), NOON.plusSeconds(99));
            assertEquals(10 + 3 + 7, left(flow, "a"));
            await().until(turns::hasQueuedThreads);
            dropUpTo(flow, 6);
            assertEquals(4 + 7, left(flow, "a"), "the first four are on their way, and gone from the journal");
            turns.release(20);
            await().until(() -> left(flow, "a") == 0);
            assertEquals(
                    Stream.of(all("replay", 1, 4), all("replay", 7, 10), all("replay", 14, 20))
                            .flatMap(each -> each)
                            .toList(),
                    received.subList(20, received.size()));
            assertEquals(0L, flow.sinkStatus("a").get("dropped"), "it had had them");
        }
    }
}
