package dev.wayside.journal;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts for each sink what it has done since the start, and shows it beside how the sink is, in the status and in JMX.
 * Thread-safe.
 */
public final class SinkMeters implements SinkListener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SinkMeters.class);
    private static final double NANOS_PER_MILLI = 1e6;

    private final Journal journal;
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final Map<String, Meter> meters = new TreeMap<>();

    /**
     * Begins with no counts.
     *
     * @param journal that this is to listen to, and that knows how its sinks are
     */
    public SinkMeters(Journal journal) {
        this.journal = journal;
    }

    @Override
    public void registered(String sink) {
        meter(sink);
    }

    @Override
    public void delivered(String sink, int events, int rejected, Duration took) {
        meter(sink).add(events, rejected, took);
    }

    @Override
    public void failed(String sink, Throwable why) {
        meter(sink).failures.incrementAndGet();
    }

    /**
     * A map for each sink that is on: {@code name}; {@code state}; {@code backlog}, {@code waiting_since},
     * {@code waiting_seconds}, {@code dropped}, {@code dead_letters}, {@code replaying} and {@code retrying}, unless the
     * journal cannot be read; {@code delivered}, {@code rejected}, {@code failures}, {@code last_batch_ms};
     * {@code last_error}, {@code failing_since} and {@code reason}, null when all is well.
     */
    public List<Map<String, Object>> status() {
        return journal.sinks().statuses().stream()
                .map(sink -> sink.plain(meter(sink.name()).counts()))
                .toList();
    }

    @Override
    public synchronized void close() {
        meters.keySet().forEach(this::unregister);
        meters.clear();
    }

    private synchronized Meter meter(String sink) {
        return meters.computeIfAbsent(sink, name -> {
            Meter meter = new Meter(() -> journal.sinks().lastStatus(name));
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
        private final Supplier<SinkStatus> sink;
        private final AtomicLong delivered = new AtomicLong();
        private final AtomicLong rejected = new AtomicLong();
        private final AtomicLong failures = new AtomicLong();
        private final AtomicLong lastBatchNanos = new AtomicLong();

        Meter(Supplier<SinkStatus> sink) {
            this.sink = sink;
        }

        void add(int events, int refused, Duration took) {
            delivered.addAndGet(events - refused);
            rejected.addAndGet(refused);
            lastBatchNanos.set(took.toNanos());
        }

        Map<String, Object> counts() {
            Map<String, Object> counts = new LinkedHashMap<>();
            counts.put("delivered", getDelivered());
            counts.put("rejected", getRejected());
            counts.put("failures", getFailures());
            counts.put("last_batch_ms", Math.round(getLastBatchMillis() * 10) / 10.0);
            return counts;
        }

        @Override
        public String getState() {
            return sink.get().state().toString();
        }

        @Override
        public long getBacklog() {
            JournalReport.Sink progress = sink.get().progress();
            return progress == null ? 0 : progress.backlog();
        }

        @Override
        public long getWaitingSeconds() {
            JournalReport.Sink progress = sink.get().progress();
            return progress == null ? 0 : progress.waitingSeconds();
        }

        @Override
        public String getLastError() {
            return sink.get().lastError();
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
