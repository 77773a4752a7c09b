package dev.wayside.journal;

import static dev.wayside.journal.JournalFlow.batch;
import static dev.wayside.journal.JournalFlow.event;
import static dev.wayside.journal.JournalFlow.reject;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.failure.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalKameletsTest {
    @TempDir
    Path directory;

    private final List<Map<String, Object>> received = new CopyOnWriteArrayList<>();
    private final Processor receive = exchange -> received.addAll(batch(exchange));

    @Test
    void deliversWhatWasAcceptedInOrderAndUnchanged() throws Exception {
        try (JournalFlow flow = flow().sink("a", "newest", 7, receive)) {
            List<Map<String, Object>> sent = events(1, 50).toList();
            sent.forEach(flow::append);
            await().until(() -> received.size() >= 50);
            assertEquals(sent, received);
            assertEquals(
                    List.copyOf(event(1).keySet()), List.copyOf(received.get(0).keySet()), "keys in order");
        }
    }

    @Test
    void skipsNothingWhileTheSinkFailsAndSaysWhy() throws Exception {
        AtomicBoolean down = new AtomicBoolean(true);
        AtomicInteger tries = new AtomicInteger();
        try (JournalFlow flow = flow().sink("a", "newest", 10, exchange -> {
            tries.incrementAndGet();
            if (down.get()) {
                throw new IllegalStateException("the server is away");
            }
            receive.process(exchange);
        })) {
            events(1, 30).forEach(flow::append);
            await().until(() -> tries.get() >= 3);
            assertEquals(30L, flow.sinkStatus("a").get("backlog"));
            await().until(() -> "the server is away".equals(flow.sinkStatus("a").get("last_error")));
            down.set(false);
            await().until(() -> received.size() >= 30);
            assertEquals(events(1, 30).toList(), received);
            await().until(() -> flow.sinkStatus("a").get("last_error") == null);
        }
    }

    @Test
    void aFailureInsideASplitMovesNoCursor() throws Exception {
        AtomicBoolean down = new AtomicBoolean(true);
        try (JournalFlow flow = flow()) {
            flow.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("kamelet:wayside-journal-source?sink=split&retryMax=1")
                            .split(body())
                            .stopOnException()
                            .process(exchange -> {
                                Map<?, ?> one = exchange.getMessage().getBody(Map.class);
                                if (down.get() && one.get("sequence").equals(3)) {
                                    throw new IllegalStateException("no third");
                                }
                                received.add(event((Integer) one.get("sequence")));
                            });
                }
            });
            events(1, 5).forEach(flow::append);
            await().until(() -> "no third".equals(flow.sinkStatus("split").get("last_error")));
            assertTrue((long) flow.sinkStatus("split").get("backlog") >= 3);
            down.set(false);
            await().until(() -> received.stream().anyMatch(event(5)::equals));
            assertTrue(received.containsAll(events(1, 5).toList()));
        }
    }

    @Test
    void aSinkThatHangsSlowsNeitherAppendsNorAnother() throws Exception {
        CountDownLatch hang = new CountDownLatch(1);
        try (JournalFlow flow =
                flow().sink("hangs", "newest", 10, exchange -> hang.await()).sink("works", "newest", 10, receive)) {
            events(1, 100).forEach(flow::append);
            await().atMost(Duration.ofSeconds(20)).until(() -> received.size() >= 100);
            await().until(() -> flow.sinkStatus("works").get("backlog").equals(0L));
            assertEquals(100L, flow.sinkStatus("hangs").get("backlog"));
            hang.countDown();
        }
    }

    @Test
    void whatASinkRejectsGoesToTheDeadLettersAndTheRestGoesOn() throws Exception {
        try (JournalFlow flow = flow().sink("picky", "newest", 10, exchange -> {
            for (Map<String, Object> each : batch(exchange)) {
                if (each.get("sequence").equals(2)) {
                    reject(exchange, each, "no field of that 'kind'");
                } else {
                    received.add(each);
                }
            }
        })) {
            events(1, 5).forEach(flow::append);
            await().until(() -> received.size() >= 4);
            await().until(() -> flow.sinkStatus("picky").get("dead_letters").equals(1L));
            assertEquals(
                    List.of("picky|pi/front/2|no field of that 'kind'"),
                    Sql.rows(flow.journal(), "select sink || '|' || event_id || '|' || reason from dead_letter"));
            assertEquals(4, received.size());
        }
    }

    /** With {@code onException} and {@code handled: true}, or with {@code stop}: Camel throws nothing then. */
    @ParameterizedTest
    @ValueSource(strings = {"handled", "stop"})
    void aRouteThatEndsEarlyHasDeliveredNothing(String how) throws Exception {
        AtomicBoolean early = new AtomicBoolean(true);
        AtomicInteger tries = new AtomicInteger();
        try (JournalFlow flow = flow()) {
            flow.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("kamelet:wayside-journal-source?sink=early&retryMax=1")
                            .onException(IllegalStateException.class)
                            .handled(true)
                            .end()
                            .process(exchange -> tries.incrementAndGet())
                            .choice()
                            .when(exchange -> early.get() && how.equals("stop"))
                            .stop()
                            .when(exchange -> early.get())
                            .throwException(new IllegalStateException("away"))
                            .end()
                            .process(receive);
                }
            });
            long start = System.nanoTime();
            events(1, 5).forEach(flow::append);
            await().until(() ->
                    String.valueOf(flow.sinkStatus("early").get("last_error")).contains("ended before its last step"));
            assertEquals(5L, flow.sinkStatus("early").get("backlog"));
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
            assertTrue(tries.get() < 100 * (1 + seconds), "without waits, thousands a second: " + tries);
            early.set(false);
            await().until(() -> received.equals(events(1, 5).toList()));
            await().until(() -> flow.sinkStatus("early").get("last_error") == null);
        }
    }

    @Test
    void anEventThatTheFileHasNoLongerWholeIsPutAside() throws Exception {
        try (JournalFlow flow = flow()) {
            events(1, 5).forEach(flow::append);
            try (Connection connection = flow.journal().writer().getConnection()) {
                Sql.execute(connection, "update event set json = substr(json, 1, 60) where id = 2");
                Sql.execute(connection, "update event set json = '?' || json where id = 4");
            }
            flow.sink("a", "oldest", 10, receive);
            await().until(() -> received.size() >= 3);
            await().until(() -> flow.sinkStatus("a").get("backlog").equals(0L));
            assertEquals(List.of(event(1), event(3), event(5)), received);
            assertEquals(
                    List.of("pi/front/2", "pi/front/4"),
                    Sql.rows(flow.journal(), "select event_id from dead_letter where reason like '%damaged%'"));
        }
    }

    @Test
    void aRejectedEventOfASplitIsPutAside() throws Exception {
        try (JournalFlow flow = flow()) {
            flow.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("kamelet:wayside-journal-source?sink=split&retryMax=1")
                            .split(body())
                            .stopOnException()
                            .setVariable("id", simple("${body[id]}"))
                            .choice()
                            .when(simple("${body[sequence]} == 1"))
                            .to("kamelet:wayside-reject-action?words=not this one")
                            .otherwise()
                            .doTry()
                            .process(exchange -> {
                                Map<?, ?> one = exchange.getMessage().getBody(Map.class);
                                exchange.getMessage().setBody("no map any more");
                                if (one.get("sequence").equals(3)) {
                                    throw new IllegalStateException("no third");
                                }
                            })
                            .doCatch(IllegalStateException.class)
                            .to("kamelet:wayside-reject-action")
                            .end()
                            .end();
                }
            });
            events(1, 5).forEach(flow::append);
            await().until(() -> flow.sinkStatus("split").get("backlog").equals(0L));
            assertEquals(
                    List.of("pi/front/1 not this one", "pi/front/3 no third"),
                    Sql.rows(flow.journal(), "select event_id || ' ' || reason from dead_letter order by id"));
        }
    }

    @Test
    void refusesAnEventWithoutAnIdAndNoOther() throws Exception {
        try (JournalFlow flow = flow()) {
            Map<String, Object> nameless = event(1);
            nameless.remove("id");
            Exception refusal = assertThrows(IllegalStateException.class, () -> flow.append(nameless));
            assertTrue(refusal.getMessage().contains("maps with a text 'id'"), refusal::toString);
            flow.append(event(2));
            assertNull(flow.journal().status().get("reason"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "batchSize=0, The batchSize of the sink a is 0; it must be from 1 to 10000.",
        "batchSize=-1, The batchSize of the sink a is -1; it must be from 1 to 10000.",
        "retryMax=0, The retryMax of the sink a is 0; it must be from 1 to 3600."
    })
    void refusesParametersThatMakeNoSense(String parameter, String words) throws Exception {
        try (JournalFlow flow = flow()) {
            Exception refusal =
                    assertThrows(Exception.class, () -> flow.context().addRoutes(new RouteBuilder() {
                        @Override
                        public void configure() {
                            from("kamelet:wayside-journal-source?sink=a&" + parameter)
                                    .process(receive);
                        }
                    }));
            assertTrue(Reason.ofRoot(refusal).contains(words), () -> Reason.ofRoot(refusal));
        }
    }

    @Test
    void aNewSinkBeginsWhereItIsToldTo() throws Exception {
        List<Object> newest = new CopyOnWriteArrayList<>();
        try (JournalFlow flow = flow()) {
            events(1, 20).forEach(flow::append);
            flow.sink("late", "oldest", 10, receive)
                    .sink("latest", "newest", 10, exchange -> newest.addAll(batch(exchange)));
            flow.append(event(21));
            await().until(() -> received.size() >= 21 && !newest.isEmpty());
            assertEquals(events(1, 21).toList(), received);
            assertEquals(List.of(event(21)), newest);
        }
    }

    @Test
    void aSinkGoesOnWhereItWasAfterARestart() throws Exception {
        try (JournalFlow flow = flow().sink("a", "newest", 10, receive)) {
            events(1, 5).forEach(flow::append);
            await().until(() -> flow.sinkStatus("a").get("backlog").equals(0L));
        }
        try (JournalFlow flow = flow()) {
            events(6, 10).forEach(flow::append);
        }
        try (JournalFlow flow = flow().sink("a", "newest", 10, receive)) {
            await().until(() -> received.size() >= 10);
            assertEquals(events(1, 10).toList(), received);
            assertNull(flow.journal().status().get("reason"));
        }
    }

    /** How soon is for `wayside bench journal` to say; here only that it is not the look once a second that finds it. */
    @Test
    void anIdleSinkIsWokenByAnAppend() throws Exception {
        LinkedBlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();
        try (JournalFlow flow = flow().sink("a", "newest", 10, exchange -> arrivals.add(System.nanoTime()))) {
            List<Long> millis = new ArrayList<>();
            for (int i = 1; i <= 40; i++) {
                await().until(() -> flow.sinkStatus("a").get("backlog").equals(0L));
                flow.append(event(i));
                long accepted = System.nanoTime();
                millis.add(TimeUnit.NANOSECONDS.toMillis(arrivals.poll(20, TimeUnit.SECONDS) - accepted));
            }
            long median =
                    millis.stream().sorted().skip(millis.size() / 2).findFirst().orElseThrow();
            assertTrue(median <= 250, () -> "milliseconds from accepted to the sink: " + millis);
        }
    }

    @Test
    void everyAppendOfManyThreadsIsAccepted() throws Exception {
        try (JournalFlow flow = flow().sink("a", "newest", 500, receive)) {
            IntStream.rangeClosed(1, 2000).parallel().forEach(i -> flow.append(event(i)));
            await().atMost(Duration.ofSeconds(20)).until(() -> received.size() >= 2000);
            assertEquals(
                    2000,
                    received.stream().map(each -> each.get("id")).distinct().count());
            assertEquals(2000, received.size());
        }
    }

    private JournalFlow flow() throws Exception {
        return new JournalFlow(directory.resolve("data/journal.db"));
    }

    private static Stream<Map<String, Object>> events(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(JournalFlow::event);
    }
}
