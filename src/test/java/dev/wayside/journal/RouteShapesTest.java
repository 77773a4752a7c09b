package dev.wayside.journal;

import static dev.wayside.journal.JournalFlow.batch;
import static dev.wayside.journal.JournalFlow.event;
import static dev.wayside.journal.JournalFlow.reject;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What counts as delivered in routes of many shapes, and that a refusal in any of them becomes a dead letter. */
class RouteShapesTest {
    private static final String SOURCE = "journal:shape?retryMax=1&batchSize=5";

    @TempDir
    Path directory;

    private final List<Object> received = new CopyOnWriteArrayList<>();
    private final AtomicBoolean down = new AtomicBoolean(true);
    private JournalFlow flow;

    @BeforeEach
    void open() throws Exception {
        flow = new JournalFlow(directory.resolve("journal.db"));
    }

    @AfterEach
    void close() throws Exception {
        flow.close();
    }

    private record Shape(String name, Consumer<RouteDefinition> steps) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Shape shape(String name, Consumer<RouteDefinition> steps) {
        return new Shape(name, steps);
    }

    /** Each refuses the third of five events, at different places in the route. */
    static Stream<Shape> refusing() {
        return Stream.of(
                shape("list", route -> route.process(RouteShapesTest::refuseThird)),
                shape("split", route -> route.split().body().stopOnException().process(RouteShapesTest::refuseThird)),
                shape(
                        "parallel split",
                        route -> route.split().body().parallelProcessing().process(RouteShapesTest::refuseThird)),
                shape(
                        "first of a multicast",
                        route -> route.multicast().stopOnException().to("direct:refuses", "direct:takes")),
                shape(
                        "last of a multicast",
                        route -> route.multicast().stopOnException().to("direct:takes", "direct:refuses")),
                shape(
                        "parallel multicast",
                        route -> route.multicast().parallelProcessing().to("direct:takes", "direct:refuses")),
                shape("before the sink", route -> route.process(RouteShapesTest::refuseThird)
                        .to("direct:takes")),
                shape(
                        "two in one route",
                        route -> route.to("direct:takes").to("direct:refuses").to("direct:takes")));
    }

    @ParameterizedTest
    @MethodSource("refusing")
    void aRefusalIsADeadLetterWhereverItHappens(Shape shape) throws Exception {
        add(shape.steps);
        append(5);
        await().until(() -> flow.sinkStatus("shape").get("backlog").equals(0L));
        assertEquals(
                List.of("pi/front/3 no third"),
                Sql.rows(flow.journal(), "select event_id || ' ' || reason from dead_letter"));
    }

    /** Each fails while the sink is down. */
    private Stream<Shape> failing() {
        return Stream.of(
                shape("split", route -> route.split().body().process(this::failThird)),
                shape(
                        "parallel split",
                        route -> route.split().body().parallelProcessing().process(this::failThird)),
                shape("first of a multicast", route -> route.multicast().to("direct:fails", "direct:takes")),
                shape(
                        "parallel multicast",
                        route -> route.multicast().parallelProcessing().to("direct:fails", "direct:takes")),
                shape("handled in a split", route -> route.onException(IllegalStateException.class)
                        .handled(true)
                        .end()
                        .split()
                        .body()
                        .process(this::failThird)
                        .end()),
                shape("handled with steps in a parallel split", route -> route.onException(IllegalStateException.class)
                        .handled(true)
                        .log(LoggingLevel.DEBUG, "handled")
                        .end()
                        .split()
                        .body()
                        .parallelProcessing()
                        .process(this::failThird)
                        .end()),
                shape("handled in a branch", route -> route.onException(IllegalStateException.class)
                        .handled(true)
                        .end()
                        .multicast()
                        .to("direct:fails", "direct:takes")
                        .end()),
                shape("handled in a sub-route", route -> route.to("direct:handles")
                        .process(this::receive)),
                shape("stopped", route -> route.choice()
                        .when(exchange -> down.get())
                        .stop()
                        .end()
                        .process(this::receive)),
                shape("rolled back", route -> route.choice()
                        .when(exchange -> down.get())
                        .markRollbackOnly()
                        .end()
                        .process(this::receive)));
    }

    @TestFactory
    Stream<DynamicTest> nothingIsDeliveredUntilTheWholeRouteIsThrough() {
        return failing()
                .map(shape -> DynamicTest.dynamicTest(shape.name, () -> {
                    close();
                    flow = new JournalFlow(directory.resolve(shape.name + ".db"));
                    received.clear();
                    down.set(true);
                    add(shape.steps);
                    append(5);
                    await().until(() -> flow.sinkStatus("shape").get("last_error") != null);
                    assertTrue(
                            (long) flow.sinkStatus("shape").get("backlog") >= 3, () -> "" + flow.sinkStatus("shape"));
                    down.set(false);
                    await().until(() -> flow.sinkStatus("shape").get("backlog").equals(0L));
                    await().until(() -> flow.sinkStatus("shape").get("last_error") == null);
                    assertTrue(received.containsAll(List.of(1, 2, 3, 4, 5)), () -> "" + received);
                    assertEquals(0L, flow.sinkStatus("shape").get("dead_letters"));
                }));
    }

    @Test
    void aFailureHandledByDoTryCountsAsDelivered() throws Exception {
        add(route -> route.split()
                .body()
                .doTry()
                .process(this::failThird)
                .doCatch(IllegalStateException.class)
                .log(LoggingLevel.DEBUG, "let it go")
                .end());
        append(5);
        await().until(() -> flow.sinkStatus("shape").get("backlog").equals(0L));
        assertEquals(List.of(1, 2, 4, 5), received);
    }

    @Test
    void aFailureContinuedByOnExceptionCountsAsDelivered() throws Exception {
        add(route -> route.onException(IllegalStateException.class)
                .continued(true)
                .end()
                .split()
                .body()
                .process(this::failThird)
                .end());
        append(5);
        await().until(() -> flow.sinkStatus("shape").get("backlog").equals(0L));
        assertEquals(List.of(1, 2, 4, 5), received);
    }

    /** The old thread hangs while a new one starts: no event is delivered twice at the same time or out of order. */
    @Test
    void aRestartDuringAHangingCallDeliversInOneThread() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        down.set(false);
        add(route -> route.process(exchange -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            if (calls.incrementAndGet() == 1) {
                awaitUninterruptibly(answer);
            }
            receive(exchange);
            inside.decrementAndGet();
        }));
        append(5);
        await().until(() -> calls.get() == 1);
        flow.context().getRouteController().stopRoute("shape", 100, TimeUnit.MILLISECONDS);
        flow.context().getRouteController().startRoute("shape");
        append(6, 9);
        answer.countDown();
        await().until(() -> flow.sinkStatus("shape").get("backlog").equals(0L));
        assertEquals(1, most.get(), "threads in the sink at a time");
        assertEquals(IntStream.rangeClosed(1, 9).boxed().toList(), received, "once each, and in order");
    }

    @Test
    void aRejectionAfterTheDeliveryIsAnError() throws Exception {
        List<Batch> batches = new CopyOnWriteArrayList<>();
        add(route -> route.process(exchange -> batches.add(exchange.getProperty("CamelJournalBatch", Batch.class))));
        append(1);
        await().until(() -> flow.sinkStatus("shape").get("backlog").equals(0L));
        IllegalStateException late =
                assertThrows(IllegalStateException.class, () -> batches.get(0).reject(event(1), "too late"));
        assertTrue(late.getMessage().contains("has ended"), late::toString);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void add(Consumer<RouteDefinition> steps) throws Exception {
        flow.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:takes").process(RouteShapesTest.this::receive);
                from("direct:refuses").process(RouteShapesTest::refuseThird);
                from("direct:fails").process(RouteShapesTest.this::failThird);
                from("direct:handles")
                        .onException(IllegalStateException.class)
                        .handled(true)
                        .end()
                        .process(RouteShapesTest.this::failThird);
                steps.accept(from(SOURCE).routeId("shape"));
            }
        });
    }

    private void append(int last) {
        append(1, last);
    }

    private void append(int first, int last) {
        IntStream.rangeClosed(first, last).forEach(i -> flow.append(event(i)));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> events(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof Map<?, ?> event
                ? List.of((Map<String, Object>) event)
                : batch(exchange);
    }

    private static void refuseThird(Exchange exchange) {
        for (Map<String, Object> each : events(exchange)) {
            if (each.get("sequence").equals(3)) {
                reject(exchange, each, "no third");
            }
        }
    }

    private void failThird(Exchange exchange) {
        for (Map<String, Object> each : events(exchange)) {
            if (each.get("sequence").equals(3) && down.get()) {
                throw new IllegalStateException("no third");
            }
            received.add(each.get("sequence"));
        }
    }

    private void receive(Exchange exchange) {
        events(exchange).forEach(each -> received.add(each.get("sequence")));
    }
}
