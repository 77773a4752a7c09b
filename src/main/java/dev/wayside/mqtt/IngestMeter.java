package dev.wayside.mqtt;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** What one subscription counts, for Prometheus and for the status. Thread-safe. */
final class IngestMeter {
    private static final String FAILING = "wayside.ingest.failing.seconds";

    private final Counter stored;
    private final Counter rejected;
    private final Counter failures;

    /**
     * Publishes the meters.
     *
     * @param store the label {@code store}
     * @param failing supplies for how many seconds the store has failed; 0 if it works
     */
    IngestMeter(MeterRegistry registry, String store, Supplier<Number> failing) {
        stored = counter(
                registry, "wayside.ingest.stored", "Events that the store has, acknowledged to the broker", store);
        rejected = counter(registry, "wayside.ingest.rejected", "Messages that the store refused permanently", store);
        failures = counter(registry, "wayside.ingest.failures", "Batches that failed, to be tried again", store);
        // The route was edited: the gauge of the former subscription would stay.
        registry.find(FAILING).tag("store", store).gauges().forEach(registry::remove);
        Gauge.builder(FAILING, failing)
                .description("For how long nothing could be stored; 0 while the store works")
                .tag("store", store)
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String description, String store) {
        return Counter.builder(name)
                .description(description)
                .tag("store", store)
                .register(registry);
    }

    void acknowledged(int events, int refused) {
        stored.increment(events - refused);
        rejected.increment(refused);
    }

    void failed() {
        failures.increment();
    }

    long stored() {
        return (long) stored.count();
    }

    long rejected() {
        return (long) rejected.count();
    }

    long failures() {
        return (long) failures.count();
    }
}
