package dev.wayside.journal;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts for each sink what it has done since the start, for the status and for JMX. Thread-safe. */
public final class SinkMeters implements SinkListener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SinkMeters.class);
    private static final double NANOS_PER_MILLI = 1e6;

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final Map<String, Meter> meters = new TreeMap<>();

    @Override
    public void delivered(String sink, int events, int rejected, Duration took) {
        meter(sink).add(events, rejected, took);
    }

    @Override
    public void failed(String sink, Throwable why) {
        meter(sink).failures.incrementAndGet();
    }

    /** A map for each sink: {@code name}, {@code delivered}, {@code rejected}, {@code failures}, {@code last_batch_ms}. */
    public synchronized List<Map<String, Object>> status() {
        return meters.entrySet().stream()
                .map(each -> each.getValue().plain(each.getKey()))
                .toList();
    }

    @Override
    public synchronized void close() {
        meters.keySet().forEach(this::unregister);
        meters.clear();
    }

    private synchronized Meter meter(String sink) {
        return meters.computeIfAbsent(sink, name -> {
            Meter meter = new Meter();
            unregister(name);
            try {
                server.registerMBean(meter, nameOf(name));
            } catch (JMException e) {
                log.warn("journal: JMX does not show the sink {}: {}", name, e.getMessage());
            }
            return meter;
        });
    }

    private void unregister(String sink) {
        try {
            ObjectName name = nameOf(sink);
            if (server.isRegistered(name)) {
                server.unregisterMBean(name);
            }
        } catch (JMException e) {
            log.debug("the sink {} stays in JMX", sink, e);
        }
    }

    private static ObjectName nameOf(String sink) throws JMException {
        return new ObjectName("dev.wayside:type=Sink,name=" + sink);
    }

    private static final class Meter implements SinkMeterMXBean {
        private final AtomicLong delivered = new AtomicLong();
        private final AtomicLong rejected = new AtomicLong();
        private final AtomicLong failures = new AtomicLong();
        private final AtomicLong lastBatchNanos = new AtomicLong();

        void add(int events, int refused, Duration took) {
            delivered.addAndGet(events - refused);
            rejected.addAndGet(refused);
            lastBatchNanos.set(took.toNanos());
        }

        Map<String, Object> plain(String sink) {
            Map<String, Object> plain = new LinkedHashMap<>();
            plain.put("name", sink);
            plain.put("delivered", getDelivered());
            plain.put("rejected", getRejected());
            plain.put("failures", getFailures());
            plain.put("last_batch_ms", Math.round(getLastBatchMillis() * 10) / 10.0);
            return plain;
        }

        @Override
        public long getDelivered() {
            return delivered.get();
        }

        @Override
        public long getRejected() {
            return rejected.get();
        }

        @Override
        public long getFailures() {
            return failures.get();
        }

        @Override
        public double getLastBatchMillis() {
            return lastBatchNanos.get() / NANOS_PER_MILLI;
        }
    }
}
