package dev.wayside.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.stream.DoubleStream;

/** The registry in which all parts count. Decides which timers are histograms, and their buckets. */
public final class MetricsRegistry {
    /** In seconds; for what happens within a frame or a batch. */
    private static final double[] SHORT = {0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5};

    /** In seconds; from a delivery at once to one after a day without network. */
    private static final double[] LONG = {
        0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 3600, 21_600, 86_400
    };

    private static final Map<String, double[]> BUCKETS = Map.of(
            "wayside.stage", SHORT,
            "wayside.inference", SHORT,
            "wayside.sink.batch", SHORT,
            "wayside.sink.delivery", LONG);

    private MetricsRegistry() {}

    /** An empty registry in Prometheus's format; the caller closes it. */
    public static PrometheusMeterRegistry create() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().meterFilter(new Buckets());
        return registry;
    }

    private static final class Buckets implements MeterFilter {
        @Override
        public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
            double[] seconds = BUCKETS.get(id.getName());
            return seconds == null
                    ? config
                    : DistributionStatisticConfig.builder()
                            .serviceLevelObjectives(DoubleStream.of(seconds)
                                    .map(bound -> bound * 1e9)
                                    .toArray())
                            .build()
                            .merge(config);
        }
    }
}
