package dev.wayside.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Counts what one sink has done since it was registered in this run. The metrics, the status and JMX show the same
 * counters. Thread-safe.
 */
final class SinkMeter implements SinkMXBean {
    private static final double NANOS_PER_MILLI = 1e6;

    private final Supplier<SinkStatus> status;
    private final Counter delivered;
    private final Counter refused;
    private final Counter retries;
    private final Timer batches;
    private final Timer deliveries;
    private final AtomicLong lastBatchNanos = new AtomicLong();
    private volatile Failure lastFailure;

    /**
     * Starts with all counts at zero.
     *
     * @param status supplies the sink's status for JMX; must not read the disk
     * @param registry where the counts are published
     */
    SinkMeter(String sink, Supplier<SinkStatus> status, MeterRegistry registry) {
        this.status = status;
        this.delivered = counter(
                registry,
                sink,
                "wayside.sink.delivered.events",
                "Events that the sink has acknowledged, including replays");
        this.refused = counter(
                registry,
                sink,
                "wayside.sink.refused.events",
                "Events that the sink has refused for good: dead letters");
        this.retries = counter(
                registry, sink, "wayside.sink.failed.batches", "Attempts to deliver that failed and are retried");
        this.batches = timer(
                registry,
                sink,
                "wayside.sink.batch",
                "Time from reading a batch from the journal to moving the cursor");
        this.deliveries = timer(
                registry,
                sink,
                "wayside.sink.delivery",
                "Time from the frame to the sink's acknowledgement of its event, by the wall clock, without replays");
    }

    /** Counts a committed batch, of which the sink permanently refused some events. */
    void delivered(int events, int rejected, Duration took) {
        delivered.increment(events - rejected);
        refused.increment(rejected);
        batches.record(took);
        lastBatchNanos.set(took.toNanos());
    }

    /**
     * Measures the way of each event that the sink has for the first time.
     *
     * @param now when the batch was committed, by the wall clock
     */
    void acknowledged(Batch batch, Instant now) {
        if (batch.kind() == Batch.Kind.NEW) {
            batch.accepted()
                    .map(SinkMeter::frameTime)
                    .flatMap(Optional::stream)
                    .forEach(time -> deliveries.record(positive(Duration.between(time, now))));
        }
    }

    private record Failure(String reason, Instant time) {}

    /** Counts a batch that failed and will be retried. */
    void failed(String reason, Instant now) {
        lastFailure = new Failure(reason, now.truncatedTo(ChronoUnit.MILLIS));
        retries.increment();
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
        return status.get().state().toString();
    }

    @Override
    public long getBacklog() {
        JournalReport.Sink progress = status.get().progress();
        return progress == null ? 0 : progress.backlog();
    }

    @Override
    public long getWaitingSeconds() {
        JournalReport.Sink progress = status.get().progress();
        return progress == null ? 0 : progress.waitingSeconds();
    }

    @Override
    public String getLastError() {
        return status.get().lastError();
    }

    @Override
    public long getDelivered() {
        return (long) delivered.count();
    }

    @Override
    public long getRejected() {
        return (long) refused.count();
    }

    @Override
    public long getFailures() {
        return (long) retries.count();
    }

    @Override
    public double getLastBatchMillis() {
        return lastBatchNanos.get() / NANOS_PER_MILLI;
    }

    /** Empty for an event of a user's own that has no time, and for a damaged one. */
    private static Optional<Instant> frameTime(Map<String, Object> event) {
        try {
            return event.get("time") instanceof String time ? Optional.of(Instant.parse(time)) : Optional.empty();
        } catch (DateTimeParseException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** A clock that was set back would otherwise give a negative time. */
    private static Duration positive(Duration time) {
        return time.isNegative() ? Duration.ZERO : time;
    }

    private static Counter counter(MeterRegistry registry, String sink, String name, String description) {
        return Counter.builder(name).description(description).tag("sink", sink).register(registry);
    }

    private static Timer timer(MeterRegistry registry, String sink, String name, String description) {
        return Timer.builder(name).description(description).tag("sink", sink).register(registry);
    }
}
