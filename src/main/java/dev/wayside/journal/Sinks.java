package dev.wayside.journal;

import dev.wayside.failure.Reason;
import dev.wayside.status.Repetition;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state and the counts of each sink of this run, for the status and JMX. The consumers report the outcome of each
 * batch here. Why a sink fails is also written to the file for {@code wayside journal}, which is another process.
 * Thread-safe.
 */
public final class Sinks {
    /** The maximum wait of a sink's oldest event if {@code <sink>.late-after} is not set. */
    public static final Duration LATE_AFTER = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(Sinks.class);

    private final DataSource writer;
    private final Supplier<List<JournalReport.Sink>> progress;
    private final LongSupplier nanoTime;
    private final Clock clock;
    private final MeterRegistry registry;
    private final MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();
    private final Map<String, SinkMeter> meters = new ConcurrentSkipListMap<>();
    private final Map<String, SinkHealth> healthOfSink = new ConcurrentSkipListMap<>();
    private final Map<String, String> written = new ConcurrentSkipListMap<>();
    private volatile Function<String, Duration> lateAfter = sink -> LATE_AFTER;

    /**
     * Starts without sinks.
     *
     * @param writer a connection for writing to the journal
     * @param progress supplies the progress of all sinks from the file; empty if it cannot be read
     * @param nanoTime {@link System#nanoTime()}, or a test's clock
     * @param clock the wall clock
     * @param registry where the counts are published
     */
    Sinks(
            DataSource writer,
            Supplier<List<JournalReport.Sink>> progress,
            LongSupplier nanoTime,
            Clock clock,
            MeterRegistry registry) {
        this.writer = writer;
        this.progress = progress;
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.registry = registry;
    }

    /**
     * Sets when a sink counts as late; until then, {@link #LATE_AFTER} applies to all sinks.
     *
     * @param limitOfSink maps a sink's name to the maximum wait of its oldest event
     */
    public void lateAfter(Function<String, Duration> limitOfSink) {
        lateAfter = limitOfSink;
    }

    /** A sink was registered: its state and what was logged about it start anew. */
    void registered(String sink) {
        written.remove(sink);
        healthOfSink.put(sink, new SinkHealth(sink, nanoTime, clock));
        meter(sink);
    }

    /** A user has paused or resumed a sink: its route is suspended or runs again. Also written to the file. */
    public void paused(String sink, boolean now) {
        health(sink).paused(now);
        update("update cursor set paused = ? where sink = ?", now ? 1 : 0, sink);
    }

    /** A batch failed; the cursor has not moved, and the batch will be retried. */
    public void failed(String sink, Throwable failure) {
        health(sink).failed(failure);
        write(sink);
        meter(sink).failed(Reason.of(failure), clock.instant());
    }

    /** A sink works. */
    public void works(String sink) {
        health(sink).works();
        write(sink);
    }

    /**
     * A batch was committed and the cursor has moved.
     *
     * @param events the number of events in the batch, including rejected ones
     * @param rejected how many of these went to the dead letters
     * @param took the time from reading the batch to moving the cursor
     * @param refusal the reason of the last permanently refused event; null if there was none
     */
    public void delivered(String sink, int events, int rejected, String refusal, Duration took) {
        health(sink).delivered(events, rejected, refusal);
        write(sink);
        meter(sink).delivered(events, rejected, took);
    }

    /** Measures how long each new event of a committed batch took from its frame to now. */
    public void acknowledged(Batch batch) {
        meter(batch.sink()).acknowledged(batch, clock.instant());
    }

    /** Logs which sinks have become late or are on time again. */
    void logLateness() {
        for (JournalReport.Sink sink : progress.get()) {
            SinkHealth health = healthOfSink.get(sink.name());
            if (health != null && sink.active()) {
                health.seen(sink, lateAfter.apply(sink.name()));
            }
        }
    }

    /** The status of all enabled sinks, in the order of their names. */
    public List<SinkStatus> statuses() {
        Map<String, JournalReport.Sink> now =
                progress.get().stream().collect(Collectors.toMap(JournalReport.Sink::name, Function.identity()));
        return healthOfSink.entrySet().stream()
                .filter(each -> !now.containsKey(each.getKey())
                        || now.get(each.getKey()).active())
                .map(each -> each.getValue().status(now.get(each.getKey()), lateAfter.apply(each.getKey())))
                .toList();
    }

    /** The status of one sink, without reading the file: its backlog and its wait may be two seconds old. */
    public SinkStatus lastStatus(String sink) {
        return health(sink).lastStatus(lateAfter.apply(sink));
    }

    /**
     * A map for each enabled sink: {@code name}; {@code state}; {@code backlog}, {@code waiting_since}, {@code
     * waiting_seconds}, {@code dropped}, {@code dead_letters}, {@code replaying} and {@code retrying}, unless the
     * journal cannot be read; {@code delivered}, {@code rejected}, {@code failures}, {@code last_batch_ms}, {@code
     * last_failure} and {@code last_failure_time}, which stay when the sink works again; {@code last_error}, {@code
     * failing_since} and {@code reason}, which are null if all is well.
     */
    public List<Map<String, Object>> status() {
        return statuses().stream()
                .map(sink -> sink.plain(meter(sink.name()).counts()))
                .toList();
    }

    /** Removes the sinks from JMX. */
    void close() {
        meters.keySet().forEach(this::unregister);
    }

    private SinkMeter meter(String sink) {
        return meters.computeIfAbsent(sink, name -> {
            SinkMeter meter = new SinkMeter(name, () -> lastStatus(name), registry);
            unregister(name);
            try {
                jmx.registerMBean(meter, nameOf(name));
            } catch (JMException e) {
                log.warn("journal: JMX does not show the sink {}: {}", name, e.getMessage());
            }
            return meter;
        });
    }

    private void unregister(String sink) {
        try {
            ObjectName name = nameOf(sink);
            if (jmx.isRegistered(name)) {
                jmx.unregisterMBean(name);
            }
        } catch (JMException e) {
            log.debug("cannot remove the sink {} from JMX", sink, e);
        }
    }

    private static ObjectName nameOf(String sink) throws JMException {
        return new ObjectName("dev.wayside:type=Sink,name=" + sink);
    }

    private SinkHealth health(String sink) {
        return healthOfSink.computeIfAbsent(sink, name -> new SinkHealth(name, nanoTime, clock));
    }

    /** Skips reasons that differ only in numbers, because each write is a commit with a sync to the disk. */
    private void write(String sink) {
        String words = health(sink).lastingFailure();
        String before = remember(sink, words);
        // If it could not be written, the next attempt tries again.
        if (!Repetition.isSame(words, before)
                && !update("update cursor set last_error = ? where sink = ?", words, sink)) {
            remember(sink, before);
        }
    }

    private String remember(String sink, String words) {
        return words == null ? written.remove(sink) : written.put(sink, words);
    }

    /** Whether it could be written. */
    private boolean update(String change, Object value, String sink) {
        try (Connection connection = writer.getConnection();
                PreparedStatement statement = connection.prepareStatement(change)) {
            statement.setObject(1, value);
            statement.setString(2, sink);
            statement.executeUpdate();
            return true;
        } catch (SQLException e) {
            log.debug("cannot record the state of {}", sink, e);
            return false;
        }
    }
}
