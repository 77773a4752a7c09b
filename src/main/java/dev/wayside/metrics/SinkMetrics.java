package dev.wayside.metrics;

import dev.wayside.journal.JournalReport;
import dev.wayside.journal.SinkStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Publishes the state of each sink that has a route now. The sinks count their deliveries themselves. Thread-safe. */
final class SinkMetrics {
    private final MeterRegistry registry;
    private final Map<String, Sink> sinks = new HashMap<>();

    SinkMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Replaces what is shown; sinks that are not in the list vanish. */
    synchronized void show(List<SinkStatus> now) {
        Set<String> names = now.stream().map(SinkStatus::name).collect(Collectors.toSet());
        sinks.entrySet().removeIf(each -> {
            boolean gone = !names.contains(each.getKey());
            if (gone) {
                each.getValue().meters.forEach(registry::remove);
            }
            return gone;
        });
        now.forEach(status -> sinks.computeIfAbsent(status.name(), name -> new Sink(name, status)).latest = status);
    }

    private final class Sink {
        private final String name;
        private final List<Meter> meters;
        private volatile SinkStatus latest;
        private volatile double mostDropped;

        Sink(String name, SinkStatus status) {
            this.name = name;
            this.latest = status;
            this.meters = List.of(
                    gauge(
                            "wayside.sink.healthy",
                            null,
                            "1 while the sink works, 0 while it fails or its oldest event waits longer than <sink>.late-after",
                            sink -> sink.latest.reason() == null ? 1 : 0),
                    gauge(
                            "wayside.sink.backlog.events",
                            null,
                            "Events that wait for the sink",
                            sink -> sink.progress(JournalReport.Sink::backlog)),
                    gauge(
                            "wayside.sink.oldest.age",
                            "seconds",
                            "How long the oldest of them has waited; time in which Wayside is stopped does not count",
                            sink -> sink.progress(JournalReport.Sink::waitingSeconds)),
                    gauge(
                            "wayside.sink.dead.letters",
                            null,
                            "Events that the sink has refused for good and that are kept for a retry",
                            sink -> sink.progress(JournalReport.Sink::deadLetters)),
                    FunctionCounter.builder("wayside.sink.dropped.events", this, Sink::dropped)
                            .description("Events that journal.max-size or journal.max-age dropped before the sink"
                                    + " received them; also those of earlier runs")
                            .tag("sink", name)
                            .register(registry));
        }

        private Gauge gauge(String meter, String unit, String description, ToDoubleFunction<Sink> value) {
            return Gauge.builder(meter, this, value)
                    .description(description)
                    .baseUnit(unit)
                    .tag("sink", name)
                    .register(registry);
        }

        /**
         * Never decreases, as Prometheus requires: the journal corrects its count when events reach the sink that were
         * dropped while they were in flight.
         */
        private double dropped() {
            double now = progress(JournalReport.Sink::dropped);
            mostDropped = Math.max(mostDropped, Double.isNaN(now) ? mostDropped : now);
            return Double.isNaN(now) ? now : mostDropped;
        }

        private double progress(ToDoubleFunction<JournalReport.Sink> value) {
            JournalReport.Sink progress = latest.progress();
            return progress == null ? Double.NaN : value.applyAsDouble(progress);
        }
    }
}
