package dev.wayside.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Adds up the time of the routes' steps by their ids. Several steps may form one stage, and every run of a step counts.
 * It can also replace the camera's step {@code grab}.
 */
final class StageTimer implements InterceptStrategy {
    private final Map<String, String> stageOfStep;
    private final Map<String, AtomicLong> sums = new LinkedHashMap<>();
    private final Map<String, AtomicLong> ends = new LinkedHashMap<>();
    private volatile Processor grab;

    StageTimer(Map<String, String> stageOfStep) {
        this.stageOfStep = stageOfStep;
        stageOfStep.values().forEach(stage -> {
            sums.put(stage, new AtomicLong());
            ends.put(stage, new AtomicLong());
        });
    }

    /** The total nanoseconds of a stage since the last call; resets the total. */
    long take(String stage) {
        return sums.get(stage).getAndSet(0);
    }

    /** Replaces the step {@code grab} by another source of frames. */
    void replaceGrab(Processor source) {
        grab = source;
    }

    /** When a step of this stage last ended, in {@link System#nanoTime()}. */
    long lastEnd(String stage) {
        return ends.get(stage).get();
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor next) {
        if ("grab".equals(definition.getId())) {
            return exchange -> (grab == null ? target : grab).process(exchange);
        }
        String stage = stageOfStep.get(definition.getId());
        return stage == null ? target : new Timed(target, sums.get(stage), ends.get(stage));
    }

    private static final class Timed extends DelegateAsyncProcessor {
        private final AtomicLong sum;
        private final AtomicLong end;

        Timed(Processor processor, AtomicLong sum, AtomicLong end) {
            super(processor);
            this.sum = sum;
            this.end = end;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            long start = System.nanoTime();
            return super.process(exchange, done -> {
                long now = System.nanoTime();
                sum.addAndGet(now - start);
                end.set(now);
                callback.done(done);
            });
        }
    }
}
