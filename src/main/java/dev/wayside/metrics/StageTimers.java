package dev.wayside.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Times the stages of a frame: the steps of {@code routes/} with certain ids. All other steps stay as they are, so they
 * cost nothing. Camel's message history could time steps, too, but looks at every one of them.
 */
public final class StageTimers implements InterceptStrategy {
    /** The ids of steps, and the stage that each is. */
    private static final Map<String, String> STAGE_OF_STEP =
            Map.of("grab", "grab", "detect", "detect", "event", "event", "flatten", "flatten", "accept", "journal");

    private final MeterRegistry registry;

    /**
     * Times nothing until it is bound in Camel's registry.
     *
     * @param registry where the times are published
     */
    public StageTimers(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor next) {
        String stage = STAGE_OF_STEP.get(definition.getId());
        return stage == null ? target : new Timed(target, timer(stage));
    }

    private Timer timer(String stage) {
        return Timer.builder("wayside.stage")
                .description("Time that a stage of the pipeline takes for a frame or its event")
                .tag("stage", stage)
                .register(registry);
    }

    private static final class Timed extends DelegateAsyncProcessor {
        private final Timer timer;

        Timed(Processor step, Timer timer) {
            super(step);
            this.timer = timer;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            long start = System.nanoTime();
            return super.process(exchange, done -> {
                timer.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
                callback.done(done);
            });
        }
    }
}
