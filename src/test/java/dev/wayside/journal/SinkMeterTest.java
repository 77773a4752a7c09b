package dev.wayside.journal;

import static dev.wayside.journal.JournalFlow.batch;
import static dev.wayside.journal.JournalFlow.event;
import static dev.wayside.journal.JournalFlow.reject;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkMeterTest {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    @TempDir
    Path directory;

    @Test
    void countsDeliveredAndRejectedEventsAndFailures() throws Exception {
        ObjectName name = new ObjectName("dev.wayside:type=Sink,name=meter");
        AtomicBoolean failed = new AtomicBoolean();
        try (JournalFlow flow = new JournalFlow(directory.resolve("journal.db"))) {
            flow.sink("meter", "newest", 10, exchange -> {
                if (failed.compareAndSet(false, true)) {
                    throw new IllegalStateException("away");
                }
                for (Map<String, Object> event : batch(exchange)) {
                    if (event.get("sequence").equals(2)) {
                        reject(exchange, event, "no");
                    }
                }
            });
            for (int i = 1; i <= 5; i++) {
                flow.append(event(i));
            }
            await().until(() -> server.isRegistered(name) && Long.valueOf(4).equals(attribute(name, "Delivered")));
            assertEquals(1L, attribute(name, "Rejected"));
            assertEquals(1L, attribute(name, "Failures"));
            assertTrue((double) attribute(name, "LastBatchMillis") > 0);
            Map<String, Object> status = flow.journal().sinks().status().get(0);
            assertEquals("meter", status.get("name"));
            assertEquals(4L, status.get("delivered"));
        }
        assertFalse(server.isRegistered(name));
    }

    @Test
    void measuresTheWayOfNewEventsOnlyAndNeverNegative() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        SinkMeter meter = new SinkMeter("meter", () -> null, registry);
        Instant now = Instant.parse("2026-11-23T10:15:40Z");
        List<Batch.Row> rows = List.of(
                row(1, "\"time\":\"2026-11-23T10:15:30Z\""),
                row(2, "\"time\":\"2026-11-23T10:15:50Z\""),
                row(3, "\"time\":\"yesterday\""),
                row(4, "\"count\":1"),
                row(5, "\"time\":\"2026-11-23T10:15:35Z\""));
        Batch batch = new Batch("meter", Batch.Kind.NEW, 0, rows);
        batch.reject("e5", "no");
        meter.acknowledged(batch, now);
        meter.acknowledged(new Batch("meter", Batch.Kind.REPLAY, 1, rows), now);
        Timer deliveries = registry.get("wayside.sink.delivery").timer();
        assertEquals(2, deliveries.count());
        assertEquals(10, deliveries.totalTime(TimeUnit.SECONDS));
    }

    private static Batch.Row row(long number, String field) {
        return new Batch.Row(number, "e" + number, new KeptEvent("{\"id\":\"e" + number + "\"," + field + "}"), true);
    }

    private Object attribute(ObjectName name, String attribute) throws Exception {
        return server.getAttribute(name, attribute);
    }
}
