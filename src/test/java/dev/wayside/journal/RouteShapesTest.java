package dev.wayside.journal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.journal.ShapedRoute.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.LoggingLevel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What counts as delivered in routes of many shapes. */
class RouteShapesTest {
    @TempDir
    Path directory;

    private ShapedRoute sink;

    @BeforeEach
    void open() throws Exception {
        sink = new ShapedRoute(directory.resolve("journal.db"));
    }

    @AfterEach
    void close() throws Exception {
        sink.close();
    }

    /** Each fails while the sink is down. */
    private static Stream<Shape> failing() {
        return Stream.of(
                new Shape("split", (route, sink) -> route.split().body().process(sink::failThird)),
                new Shape(
                        "parallel split",
                        (route, sink) ->
                                route.split().body().parallelProcessing().process(sink::failThird)),
                new Shape("first of a multicast", (route, sink) -> route.multicast()
                        .to("direct:fails", "direct:takes")),
                new Shape(
                        "parallel multicast",
                        (route, sink) -> route.multicast().parallelProcessing().to("direct:fails", "direct:takes")),
                new Shape("handled in a split", (route, sink) -> route.onException(IllegalStateException.class)
                        .handled(true)
                        .end()
                        .split()
                        .body()
                        .process(sink::failThird)
                        .end()),
                new Shape("handled with steps in a parallel split", (route, sink) -> route.onException(
                                IllegalStateException.class)
                        .handled(true)
                        .log(LoggingLevel.DEBUG, "handled")
                        .end()
                        .split()
                        .body()
                        .parallelProcessing()
                        .process(sink::failThird)
                        .end()),
                new Shape("handled in a branch", (route, sink) -> route.onException(IllegalStateException.class)
                        .handled(true)
                        .end()
                        .multicast()
                        .to("direct:fails", "direct:takes")
                        .end()),
                new Shape("handled in a sub-route", (route, sink) -> route.to("direct:handles")
                        .process(sink::receive)),
                new Shape("stopped", (route, sink) -> route.choice()
                        .when(exchange -> sink.isDown())
                        .stop()
                        .end()
                        .process(sink::receive)),
                new Shape("rolled back", (route, sink) -> route.choice()
                        .when(exchange -> sink.isDown())
                        .markRollbackOnly()
                        .end()
                        .process(sink::receive)));
    }

    @TestFactory
    Stream<DynamicTest> nothingIsDeliveredUntilTheWholeRouteIsThrough() {
        return failing()
                .map(shape -> DynamicTest.dynamicTest(shape.name(), () -> {
                    close();
                    sink = new ShapedRoute(directory.resolve(shape.name() + ".db"));
                    sink.add(shape.steps());
                    sink.append(1, 5);
                    await().until(() -> sink.status().get("last_error") != null);
                    assertTrue((long) sink.status().get("backlog") >= 3, () -> "" + sink.status());
                    sink.setDown(false);
                    sink.awaitDelivery();
                    await().until(() -> sink.status().get("last_error") == null);
                    assertTrue(sink.received().containsAll(List.of(1, 2, 3, 4, 5)), () -> "" + sink.received());
                    assertEquals(0L, sink.status().get("dead_letters"));
                }));
    }

    @Test
    void aFailureHandledByDoTryCountsAsDelivered() throws Exception {
        sink.add((route, sink) -> route.split()
                .body()
                .doTry()
                .process(sink::failThird)
                .doCatch(IllegalStateException.class)
                .log(LoggingLevel.DEBUG, "let it go")
                .end());
        sink.append(1, 5);
        sink.awaitDelivery();
        assertEquals(List.of(1, 2, 4, 5), sink.received());
    }

    @Test
    void aFailureContinuedByOnExceptionCountsAsDelivered() throws Exception {
        sink.add((route, sink) -> route.onException(IllegalStateException.class)
                .continued(true)
                .end()
                .split()
                .body()
                .process(sink::failThird)
                .end());
        sink.append(1, 5);
        sink.awaitDelivery();
        assertEquals(List.of(1, 2, 4, 5), sink.received());
    }

    /** The old thread hangs while a new one starts: no event is delivered twice at the same time or out of order. */
    @Test
    void aRestartDuringAHangingCallDeliversInOneThread() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        sink.setDown(false);
        sink.add((route, sink) -> route.process(exchange -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            if (calls.incrementAndGet() == 1) {
                awaitUninterruptibly(answer);
            }
            sink.receive(exchange);
            inside.decrementAndGet();
        }));
        sink.append(1, 5);
        await().until(() -> calls.get() == 1);
        sink.flow().context().getRouteController().stopRoute("shape", 100, TimeUnit.MILLISECONDS);
        sink.flow().context().getRouteController().startRoute("shape");
        sink.append(6, 9);
        answer.countDown();
        sink.awaitDelivery();
        assertEquals(1, most.get(), "threads in the sink at a time");
        assertEquals(IntStream.rangeClosed(1, 9).boxed().toList(), sink.received(), "once each, and in order");
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
}
