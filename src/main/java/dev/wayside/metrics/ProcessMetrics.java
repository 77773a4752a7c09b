package dev.wayside.metrics;

import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Set;

/**
 * Metrics of the process and its JVM, under the names that Prometheus's own libraries use in every language. Of the
 * JVM's, only a few are useful on a small device; the pools of memory alone would be half of a scrape.
 */
final class ProcessMetrics {
    private static final Set<String> OF_THE_JVM = Set.of(
            "jvm_gc_collection_seconds",
            "jvm_memory_used_bytes",
            "jvm_memory_committed_bytes",
            "jvm_memory_max_bytes",
            "jvm_threads_current",
            "jvm_threads_deadlocked");

    private ProcessMetrics() {}

    /** Adds them; once only. */
    static void addTo(PrometheusRegistry registry) {
        io.prometheus.metrics.instrumentation.jvm.ProcessMetrics.builder().register(registry);
        PrometheusRegistry jvm = new PrometheusRegistry();
        JvmMemoryMetrics.builder().register(jvm);
        JvmGarbageCollectorMetrics.builder().register(jvm);
        JvmThreadsMetrics.builder().register(jvm);
        MultiCollector chosen = () -> jvm.scrape(OF_THE_JVM::contains);
        registry.register(chosen);
    }
}
