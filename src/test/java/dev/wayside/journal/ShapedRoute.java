package dev.wayside.journal;

import static dev.wayside.journal.JournalFlow.batch;
import static dev.wayside.journal.JournalFlow.event;
import static dev.wayside.journal.JournalFlow.reject;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;

/** The route of the sink {@code shape}, whose steps are given by the test, and steps that take, fail or refuse. */
final class ShapedRoute implements AutoCloseable {
    private static final String SOURCE = "journal:shape?retryMax=1&batchSize=5";

    private final List<Object> received = new CopyOnWriteArrayList<>();
    private final AtomicBoolean down = new AtomicBoolean(true);
    private final JournalFlow flow;

    /** The steps of a route. */
    record Shape(String name, BiConsumer<RouteDefinition, ShapedRoute> steps) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The sink is down at first. */
    ShapedRoute(Path journal) throws Exception {
        flow = new JournalFlow(journal);
    }

    /** Adds the route, with {@code direct:takes}, {@code direct:refuses}, {@code direct:fails}, {@code direct:handles}. */
    void add(BiConsumer<RouteDefinition, ShapedRoute> steps) throws Exception {
        flow.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:takes").process(ShapedRoute.this::receive);
                from("direct:refuses").process(ShapedRoute::refuseThird);
                from("direct:fails").process(ShapedRoute.this::failThird);
                from("direct:handles")
                        .onException(IllegalStateException.class)
                        .handled(true)
                        .end()
                        .process(ShapedRoute.this::failThird);
                steps.accept(from(SOURCE).routeId("shape"), ShapedRoute.this);
            }
        });
    }

    /** Appends events with these numbers. */
    void append(int first, int last) {
        IntStream.rangeClosed(first, last).forEach(i -> flow.append(event(i)));
    }

    void awaitDelivery() {
        await().until(() -> status().get("backlog").equals(0L));
    }

    Map<String, Object> status() {
        return flow.sinkStatus("shape");
    }

    /** The numbers of the events in the order in which the sink received them. */
    List<Object> received() {
        return received;
    }

    boolean isDown() {
        return down.get();
    }

    void setDown(boolean now) {
        down.set(now);
    }

    JournalFlow flow() {
        return flow;
    }

    /** Refuses the third event for good. */
    static void refuseThird(Exchange exchange) {
        for (Map<String, Object> each : events(exchange)) {
            if (each.get("sequence").equals(3)) {
                reject(exchange, each, "no third");
            }
        }
    }

    /** Fails at the third event while the sink is down. */
    void failThird(Exchange exchange) {
        for (Map<String, Object> each : events(exchange)) {
            if (each.get("sequence").equals(3) && down.get()) {
                throw new IllegalStateException("no third");
            }
            received.add(each.get("sequence"));
        }
    }

    void receive(Exchange exchange) {
        events(exchange).forEach(each -> received.add(each.get("sequence")));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> events(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof Map<?, ?> event
                ? List.of((Map<String, Object>) event)
                : batch(exchange);
    }

    @Override
    public void close() throws IOException {
        flow.close();
    }
}
