package dev.wayside.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.journal.JournalReport;
import dev.wayside.journal.SinkStatus;
import dev.wayside.journal.SinkStatus.State;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class SinkMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SinkMetrics metrics = new SinkMetrics(registry);

    @Test
    void showsTheLatestStatusOfEachSink() {
        metrics.show(List.of(status("mqtt", null, 5), status("influxdb", "away", 7)));
        assertEquals(5, gauge("wayside.sink.backlog.events", "mqtt"));
        assertEquals(1, gauge("wayside.sink.healthy", "mqtt"));
        assertEquals(0, gauge("wayside.sink.healthy", "influxdb"));
        metrics.show(List.of(status("mqtt", "late", 6), status("influxdb", null, 0)));
        assertEquals(6, gauge("wayside.sink.backlog.events", "mqtt"));
        assertEquals(0, gauge("wayside.sink.healthy", "mqtt"));
        assertEquals(0, gauge("wayside.sink.backlog.events", "influxdb"));
        assertEquals(
                2,
                registry.get("wayside.sink.dropped.events")
                        .tag("sink", "mqtt")
                        .functionCounter()
                        .count());
    }

    @Test
    void aSinkWithoutARouteVanishesAndMayReturn() {
        metrics.show(List.of(status("mqtt", null, 5), status("influxdb", null, 7)));
        metrics.show(List.of(status("mqtt", null, 5)));
        assertNull(registry.find("wayside.sink.backlog.events")
                .tag("sink", "influxdb")
                .meter());
        metrics.show(List.of(status("mqtt", null, 5), status("influxdb", null, 9)));
        assertEquals(9, gauge("wayside.sink.backlog.events", "influxdb"));
    }

    @Test
    void whatTheJournalCannotTellIsNotANumber() {
        metrics.show(List.of(new SinkStatus("mqtt", State.IDLE, null, null, null, null)));
        assertTrue(Double.isNaN(gauge("wayside.sink.backlog.events", "mqtt")));
        assertEquals(1, gauge("wayside.sink.healthy", "mqtt"));
    }

    /** Prometheus would take a lower value for a restart and count all of it again. */
    @Test
    void theCountOfDroppedEventsNeverDecreases() {
        metrics.show(List.of(dropped(9)));
        assertEquals(9, count());
        metrics.show(List.of(dropped(6)));
        assertEquals(9, count());
        metrics.show(List.of(dropped(11)));
        assertEquals(11, count());
    }

    private double count() {
        return registry.get("wayside.sink.dropped.events").functionCounter().count();
    }

    private static SinkStatus dropped(long events) {
        JournalReport.Sink progress = new JournalReport.Sink("mqtt", true, false, 0, null, 3, events, 1, 0, 0, null);
        return new SinkStatus("mqtt", State.WORKS, null, null, null, progress);
    }

    private double gauge(String name, String sink) {
        return registry.get(name).tag("sink", sink).gauge().value();
    }

    private static SinkStatus status(String name, String reason, long backlog) {
        JournalReport.Sink progress = new JournalReport.Sink(name, true, false, backlog, null, 3, 2, 1, 0, 0, null);
        return new SinkStatus(name, reason == null ? State.WORKS : State.FAILING, reason, null, reason, progress);
    }
}
