package dev.wayside.journal;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Counts what one sink has done since it was registered in this run. Thread-safe. */
final class SinkMeter implements SinkMXBean {
    private static final double NANOS_PER_MILLI = 1e6;

    private final Supplier<SinkStatus> sink;
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong lastBatchNanos = new AtomicLong();
    private volatile Failure lastFailure;

    /**
     * Starts with all counts at zero.
     *
     * @param sink supplies the sink's status for JMX; must not read the disk
     */
    SinkMeter(Supplier<SinkStatus> sink) {
        this.sink = sink;
    }

    /** Counts a committed batch, of which the sink permanently refused some events. */
    void delivered(int events, int refused, Duration took) {
        delivered.addAndGet(events - refused);
        rejected.addAndGet(refused);
        lastBatchNanos.set(took.toNanos());
    }

    private record Failure(String reason, Instant time) {}

    /** Counts a batch that failed and will be retried. */
    void failed(String reason, Instant now) {
        lastFailure = new Failure(reason, now.truncatedTo(ChronoUnit.MILLIS));
        failures.incrementAndGet();
    }

    /** The counts under their names in the status. */
    Map<String, Object> counts() {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("delivered", getDelivered());
        counts.put("rejected", getRejected());
        counts.put("failures", getFailures());
        counts.put("last_batch_ms", Math.round(getLastBatchMillis() * 10) / 10.0);
        Failure failure = lastFailure;
        counts.put("last_failure", failure == null ? null : failure.reason);
        counts.put("last_failure_time", failure == null ? null : failure.time.toString());
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
