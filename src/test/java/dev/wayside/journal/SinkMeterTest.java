package dev.wayside.journal;

import static dev.wayside.journal.JournalFlow.batch;
import static dev.wayside.journal.JournalFlow.event;
import static dev.wayside.journal.JournalFlow.reject;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
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

    private Object attribute(ObjectName name, String attribute) throws Exception {
        return server.getAttribute(name, attribute);
    }
}
