package dev.wayside.bench;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;

/** Measures how many events per second the journal accepts if each sender waits until its event is on disk. */
final class AcceptBench {
    private static final String ENTRY = "direct:bench-accept";
    private static final double NANOS_PER_SECOND = 1e9;

    private final ProducerTemplate producer;
    private final Map<String, Object> event;

    /**
     * Adds a route that sends to the journal's own kamelet.
     *
     * @param event an event of the camera; sent repeatedly
     */
    AcceptBench(CamelContext context, Map<String, Object> event) throws Exception {
        this.event = event;
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(ENTRY).to("kamelet:wayside-journal-sink");
            }
        });
        producer = context.createProducerTemplate();
    }

    /**
     * Sends from several threads at once, each as fast as its events are accepted.
     *
     * @return events per second
     */
    long run(int threads, Duration length) throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(threads);
        try {
            long start = System.nanoTime();
            Callable<Long> sender = () -> sendUntil(start + length.toNanos());
            long accepted = 0;
            for (Future<Long> each : senders.invokeAll(
                    Stream.generate(() -> sender).limit(threads).toList())) {
                accepted += each.get();
            }
            return Math.round(accepted * NANOS_PER_SECOND / (System.nanoTime() - start));
        } finally {
            senders.shutdownNow();
        }
    }

    private long sendUntil(long end) {
        long accepted = 0;
        for (; System.nanoTime() < end; accepted++) {
            // This throws if the journal refuses the event.
            producer.sendBody(ENTRY, event);
        }
        return accepted;
    }
}
