package dev.wayside.journal;

import static dev.wayside.journal.JournalFlow.batch;
import static dev.wayside.journal.JournalFlow.event;
import static dev.wayside.journal.JournalFlow.reject;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sinks that fail, hang or refuse: no event is skipped, and no other sink waits. */
class FailingSinkTest extends JournalSink {
    @Test
    void skipsNothingWhileTheSinkFailsAndReportsWhy() throws Exception {
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
    void aHangingSinkDelaysNeitherAppendsNorOtherSinks() throws Exception {
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
    void rejectedEventsGoToTheDeadLettersAndTheOthersAreDelivered() throws Exception {
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

    /** With {@code onException} and {@code handled: true}, or with {@code stop}, Camel throws no exception. */
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
    void anEventRejectedInASplitIsADeadLetter() throws Exception {
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
}
