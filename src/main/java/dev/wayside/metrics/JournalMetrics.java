package dev.wayside.metrics;

import dev.wayside.journal.Journal;
import dev.wayside.journal.JournalReport;
import dev.wayside.journal.JournalStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** Publishes the state of the journal and of its sinks as of the latest {@link #read()}. Thread-safe. */
public final class JournalMetrics {
    private final Journal journal;
    private final SinkMetrics sinks;
    private volatile JournalReport report;
    private volatile double freeBytes = Double.NaN;

    /**
     * Adds the journal's metrics; their values are NaN until {@link #read()}.
     *
     * @param journal the open journal
     */
    public JournalMetrics(Journal journal, MeterRegistry registry) {
        this.journal = journal;
        this.sinks = new SinkMetrics(registry);
        Gauge.builder("wayside.journal.up", journal.state(), each -> each.accepts() ? 1 : 0)
                .description("1 while the journal accepts events, 0 while it does not")
                .register(registry);
        gauge(
                registry,
                "wayside.journal.events",
                null,
                "Events in the journal, delivered or not",
                JournalReport::events);
        gauge(registry, "wayside.journal.size", "bytes", "Size of the journal's files", JournalReport::bytes);
        gauge(
                registry,
                "wayside.journal.oldest.age",
                "seconds",
                "Age of the oldest event in the journal, delivered or not; time in which Wayside is stopped does not count",
                JournalReport::oldestAgeSeconds);
        Gauge.builder("wayside.journal.max.size", journal.state(), JournalStatus::mostBytes)
                .description("Size at which the journal drops its oldest events, journal.max-size")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("wayside.journal.free.space", this, each -> each.freeBytes)
                .description("Free space of the disk with the journal")
                .baseUnit("bytes")
                .register(registry);
    }

    /** Reads everything anew. What cannot be read becomes NaN. */
    public void read() {
        report = journal.state().report().orElse(null);
        freeBytes = journal.state().freeBytes().stream()
                .asDoubleStream()
                .findFirst()
                .orElse(Double.NaN);
        sinks.show(journal.sinks().statuses());
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            String unit,
            String description,
            ToDoubleFunction<JournalReport> value) {
        Gauge.builder(name, this, each -> {
                    JournalReport now = each.report;
                    return now == null ? Double.NaN : value.applyAsDouble(now);
                })
                .description(description)
                .baseUnit(unit)
                .register(registry);
    }
}
