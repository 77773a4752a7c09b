package dev.wayside.journal;

import static dev.wayside.journal.JournalFlow.batch;
import static dev.wayside.journal.JournalFlow.reject;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays and dead letters that are tried again, with the real kamelets; the client has a connection of its own. */
class RedeliveryTest {
    /** The event with the number n is so many seconds later. */
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    Path directory;

    private Path file;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final Map<Integer, String> refusals = new ConcurrentHashMap<>();
    private final Processor sink = this::receive;

    /** Notes kind and number of each event, and refuses those that it is told to. */
    private void receive(Exchange exchange) {
        for (Map<String, Object> each : batch(exchange)) {
            String words = refusals.get(each.get("sequence"));
            if (words != null) {
                reject(exchange, each, words);
            } else {
                received.add(exchange.getVariable("kind") + " " + each.get("sequence"));
            }
        }
    }

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("journal.db");
    }

    @Test
    void replaysFromTheFirstTimeOnAndNotTheLast() throws Exception {
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 3, sink)) {
            fill(flow, 1, 20);
            replay(flow, "a", NOON.plusSeconds(5), NOON.plusSeconds(15));
            awaitReceived(30);
            assertEquals(Stream.concat(all("new", 1, 20), all("replay", 5, 14)).toList(), received);
            await().until(() -> left(flow, "a") == 0);
            assertEquals(List.of(), Sql.rows(flow.journal(), "select id from replay"));
        }
    }

    @Test
    void findsEventsByTheirOwnTimeHoweverTheyWriteIt() throws Exception {
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
    void leavesOutWhatTheSinkHasNotHadYet() throws Exception {
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 100, sink)) {
            fill(flow, 1, 6);
        }
        try (JournalFlow flow = new JournalFlow(file)) {
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
    void newEventsNeverWaitBehindAReplayAndKeepTheirOrder() throws Exception {
        Semaphore turns = new Semaphore(0);
        List<Integer> batches = new CopyOnWriteArrayList<>();
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 2, exchange -> {
            if (!"new".equals(exchange.getVariable("kind"))) {
                batches.add(received.size());
                turns.acquire();
            }
            receive(exchange);
        })) {
            fill(flow, 1, 10);
            replay(flow, "a", NOON, NOON.plusSeconds(11));
            await().until(() -> batches.size() == 1);
            append(flow, 11, 15);
            turns.release();
            await().until(() -> batches.size() == 2);
            append(flow, 16, 16);
            turns.release(10);
            awaitReceived(26);
            assertEquals(
                    Stream.of(
                                    all("new", 1, 10),
                                    all("replay", 1, 2),
                                    all("new", 11, 15),
                                    all("replay", 3, 4),
                                    all("new", 16, 16),
                                    all("replay", 5, 10))
                            .flatMap(each -> each)
                            .toList(),
                    received);
        }
    }

    @Test
    void aReplayGoesOnWhereItWasAfterARestart() throws Exception {
        Semaphore turns = new Semaphore(0);
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 4, exchange -> {
            if (!"new".equals(exchange.getVariable("kind"))) {
                turns.acquire();
            }
            receive(exchange);
        })) {
            fill(flow, 1, 20);
            replay(flow, "a", NOON, NOON.plusSeconds(99));
            turns.release(2);
            await().until(() -> left(flow, "a") == 12);
        }
        List<String> before = List.copyOf(received);
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 4, sink)) {
            await().until(() -> left(flow, "a") == 0);
        }
        assertEquals(all("replay", 9, 20).toList(), received.subList(before.size(), received.size()));
    }

    @Test
    void aReplayWaitsForASinkThatFails() throws Exception {
        List<String> tries = new CopyOnWriteArrayList<>();
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 4, exchange -> {
            if ("replay".equals(exchange.getVariable("kind")) && tries.size() < 3) {
                tries.add("failed");
                throw new IllegalStateException("the server is away");
            }
            receive(exchange);
        })) {
            fill(flow, 1, 6);
            replay(flow, "a", NOON, NOON.plusSeconds(99));
            await().until(() -> "the server is away".equals(flow.sinkStatus("a").get("last_error")));
            awaitReceived(12);
            assertEquals(all("replay", 1, 6).toList(), received.subList(6, 12));
            await().until(() -> flow.sinkStatus("a").get("last_error") == null);
        }
    }

    @Test
    void newEventsDoNotWaitForAReplayThatKeepsFailing() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        AtomicBoolean mended = new AtomicBoolean();
        LinkedBlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 3, 10, exchange -> {
            if ("replay".equals(exchange.getVariable("kind")) && !mended.get()) {
                failures.incrementAndGet();
                throw new IllegalStateException("it cannot stand old events");
            }
            receive(exchange);
            arrivals.add(System.nanoTime());
        })) {
            fill(flow, 1, 6);
            replay(flow, "a", NOON, NOON.plusSeconds(99));
            await().until(() -> failures.get() >= 3);
            arrivals.clear();
            List<Long> millis = new ArrayList<>();
            for (int i = 7; i <= 56; i++) {
                append(flow, i, i);
                long accepted = System.nanoTime();
                millis.add(TimeUnit.NANOSECONDS.toMillis(arrivals.poll(9, TimeUnit.SECONDS) - accepted));
            }
            long median =
                    millis.stream().sorted().skip(millis.size() / 2).findFirst().orElseThrow();
            assertTrue(median <= 250, () -> "milliseconds from accepted to the sink: " + millis);
            assertTrue(failures.get() < millis.size(), () -> "tried with every new event: " + failures);
            assertEquals("it cannot stand old events", flow.sinkStatus("a").get("last_error"));
            mended.set(true);
            await().atMost(Duration.ofSeconds(15)).until(() -> left(flow, "a") == 0);
            assertEquals(
                    Stream.of(all("new", 1, 56), all("replay", 1, 6))
                            .flatMap(each -> each)
                            .toList(),
                    received);
            await().until(() -> flow.sinkStatus("a").get("last_error") == null);
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
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 4, exchange -> {
            if (!"new".equals(exchange.getVariable("kind"))) {
                turns.acquire();
            }
            receive(exchange);
        })) {
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
            assertEquals("new 21", received.get(24), "the list under way was the last");
        }
    }

    @Test
    void whatASinkRefusesOfAReplayStandsAmongItsDeadLettersOnce() throws Exception {
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
    void aDeadLetterThatIsTakenNowIsGoneAndOneRefusedAgainKeepsItsPlaceWithTheNewWords() throws Exception {
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
    void aDeadLetterThatIsChosenWhileOthersAreOnTheirWayIsNotLost() throws Exception {
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
    void purgesAllOrSomeOrThoseOfBefore() throws Exception {
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

    @Test
    void whatTheCapsDropIsNotReplayedAndAReplayOfNothingIsGone() throws Exception {
        Semaphore turns = new Semaphore(0);
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 4, exchange -> {
            if (!"new".equals(exchange.getVariable("kind"))) {
                turns.acquire();
            }
            receive(exchange);
        })) {
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

    @Test
    void looksForNewEventsByTheirNumberOnly() throws Exception {
        try (JournalFlow flow = new JournalFlow(file).sink("a", "newest", 10, sink)) {
            List<String> plan = new ArrayList<>();
            try (Connection connection = flow.journal().reader().getConnection()) {
                for (String query : List.of(Deliveries.NEW, Deliveries.REPLAYED, Deliveries.RETRIED)) {
                    try (var statement = connection.prepareStatement("explain query plan " + query);
                            var row = statement.executeQuery()) {
                        while (row.next()) {
                            plan.add(row.getString("detail"));
                        }
                    }
                }
            }
            assertTrue(
                    plan.stream().filter(each -> each.contains("event")).allMatch(each -> each.contains("PRIMARY KEY")),
                    () -> "" + plan);
            assertTrue(plan.stream().noneMatch(each -> each.startsWith("SCAN event")), () -> "" + plan);
            assertTrue(plan.stream().anyMatch(each -> each.contains("dead_letter_retry")), () -> "" + plan);
            assertTrue(plan.stream().noneMatch(each -> each.contains("TEMP B-TREE")), () -> "" + plan);
        }
    }

    /** Returns when the sink has had them all. */
    private void fill(JournalFlow flow, int first, int last) {
        append(flow, first, last);
        await().until(() -> flow.sinkStatus("a").get("backlog").equals(0L));
    }

    private static void append(JournalFlow flow, int first, int last) {
        for (int i = first; i <= last; i++) {
            Map<String, Object> event = JournalFlow.event(i);
            event.put("time", Replays.TIME.format(NOON.plusSeconds(i)));
            flow.append(event);
        }
    }

    private void replay(JournalFlow flow, String sink, Instant from, Instant to) throws Exception {
        try (JournalClient client = JournalClient.to(file)) {
            client.replays().ask(sink, from, to, client.replays().find(sink, from, to));
        }
        wake(flow);
    }

    private void retry(JournalFlow flow, String sink, String... ids) throws Exception {
        try (JournalClient client = JournalClient.to(file)) {
            client.deadLetters().retry(sink, new DeadLetters.Choice(List.of(ids), null));
        }
        wake(flow);
    }

    /** A client wakes nobody: an idle sink would look up to a second later. */
    private static void wake(JournalFlow flow) {
        flow.journal().appendSignal().signal();
    }

    private static void dropUpTo(JournalFlow flow, int last) throws Exception {
        try (Connection connection = flow.journal().writer().getConnection()) {
            Sql.execute(connection, "update event set accepted = -1000000 where id <= " + last);
            assertTrue(new Retention(1L << 30, Duration.ofDays(0)).dropSome(connection, -1, new HashMap<>()));
        }
        assertNull(flow.journal().status().get("reason"));
    }

    private void awaitReceived(int events) {
        await().until(() -> received.size() >= events);
    }

    private static long left(JournalFlow flow, String sink) {
        return (long) flow.sinkStatus(sink).get("replaying");
    }

    private static long retrying(JournalFlow flow, String sink) {
        return (long) flow.sinkStatus(sink).get("retrying");
    }

    private static List<String> letters(JournalFlow flow) throws Exception {
        return Sql.rows(
                flow.journal(),
                "select json ->> 'sequence' || '|' || reason || '|' || retry from dead_letter order by json ->> 'sequence'");
    }

    private static Stream<String> all(String kind, int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> kind + " " + i);
    }
}
