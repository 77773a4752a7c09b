package dev.wayside.journal;

import static dev.wayside.journal.JournalFlow.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.journal.ShapedRoute.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An event that a sink refuses becomes a dead letter, in routes of many shapes. */
class RejectionShapesTest {
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

    /** Each refuses the third of five events, at different places in the route. */
    static Stream<Shape> refusing() {
        return Stream.of(
                new Shape("list", (route, sink) -> route.process(ShapedRoute::refuseThird)),
                new Shape(
                        "split",
                        (route, sink) -> route.split().body().stopOnException().process(ShapedRoute::refuseThird)),
                new Shape(
                        "parallel split",
                        (route, sink) ->
                                route.split().body().parallelProcessing().process(ShapedRoute::refuseThird)),
                new Shape(
                        "first of a multicast",
                        (route, sink) -> route.multicast().stopOnException().to("direct:refuses", "direct:takes")),
                new Shape(
                        "last of a multicast",
                        (route, sink) -> route.multicast().stopOnException().to("direct:takes", "direct:refuses")),
                new Shape(
                        "parallel multicast",
                        (route, sink) -> route.multicast().parallelProcessing().to("direct:takes", "direct:refuses")),
                new Shape("before the sink", (route, sink) -> route.process(ShapedRoute::refuseThird)
                        .to("direct:takes")),
                new Shape("two in one route", (route, sink) -> route.to("direct:takes")
                        .to("direct:refuses")
                        .to("direct:takes")));
    }

    @ParameterizedTest
    @MethodSource("refusing")
    void aRefusalIsADeadLetterWhereverItHappens(Shape shape) throws Exception {
        sink.add(shape.steps());
        sink.append(1, 5);
        sink.awaitDelivery();
        assertEquals(
                List.of("pi/front/3 no third"),
                Sql.rows(sink.flow().journal(), "select event_id || ' ' || reason from dead_letter"));
    }

    @Test
    void aRejectionAfterTheDeliveryIsAnError() throws Exception {
        List<Batch> batches = new CopyOnWriteArrayList<>();
        sink.add((route, sink) ->
                route.process(exchange -> batches.add(exchange.getProperty("CamelJournalBatch", Batch.class))));
        sink.append(1, 1);
        sink.awaitDelivery();
        IllegalStateException late =
                assertThrows(IllegalStateException.class, () -> batches.get(0).reject(event(1), "too late"));
        assertTrue(late.getMessage().contains("has ended"), late::toString);
    }
}
