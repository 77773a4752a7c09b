package dev.wayside.journal;

import dev.wayside.status.Repetition;
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
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows of each sink of this run how it is, and writes into the file why it fails, for {@code wayside journal}, which is
 * a process of its own. Thread-safe.
 */
final class SinkErrors {
    private static final Logger log = LoggerFactory.getLogger(SinkErrors.class);

    private final DataSource writer;
    private final LongSupplier nanoTime;
    private final Clock clock;
    private final Map<String, SinkHealth> healthOfSink = new ConcurrentSkipListMap<>();
    private final Map<String, String> written = new ConcurrentSkipListMap<>();
    private volatile Function<String, Duration> lateAfter = sink -> Journal.LATE_AFTER;

    /**
     * Begins with no sink.
     *
     * @param writer to the journal
     * @param nanoTime {@link System#nanoTime()}, or a test's clock
     * @param clock the wall's
     */
    SinkErrors(DataSource writer, LongSupplier nanoTime, Clock clock) {
        this.writer = writer;
        this.nanoTime = nanoTime;
        this.clock = clock;
    }

    /** As {@link Journal#lateAfter}. */
    void lateAfter(Function<String, Duration> limitOfSink) {
        lateAfter = limitOfSink;
    }

    /** A sink is registered: nothing is known of it yet, and whatever it says next is news. */
    void begins(String sink) {
        written.remove(sink);
        healthOfSink.put(sink, new SinkHealth(sink, nanoTime, clock));
    }

    void failed(String sink, Throwable failure) {
        health(sink).failed(failure);
        write(sink);
    }

    void works(String sink) {
        health(sink).works();
        write(sink);
    }

    void delivered(String sink, int events, int rejected, String refusal) {
        health(sink).delivered(events, rejected, refusal);
        write(sink);
    }

    /** Says which sinks are late. */
    void look(List<JournalReport.Sink> sinks) {
        for (JournalReport.Sink sink : sinks) {
            SinkHealth health = healthOfSink.get(sink.name());
            if (health != null && sink.active()) {
                health.seen(sink, lateAfter.apply(sink.name()));
            }
        }
    }

    /**
     * How all are that are on, in the order of their names.
     *
     * @param sinks what the file says; empty when it cannot be read
     */
    List<SinkStatus> statuses(List<JournalReport.Sink> sinks) {
        Map<String, JournalReport.Sink> progress =
                sinks.stream().collect(Collectors.toMap(JournalReport.Sink::name, Function.identity()));
        return healthOfSink.entrySet().stream()
                .filter(each -> !progress.containsKey(each.getKey())
                        || progress.get(each.getKey()).active())
                .map(each -> each.getValue().status(progress.get(each.getKey()), lateAfter.apply(each.getKey())))
                .toList();
    }

    /** How one was when {@link #look} was called last. */
    SinkStatus lastStatus(String sink) {
        return health(sink).lastStatus(lateAfter.apply(sink));
    }

    private SinkHealth health(String sink) {
        return healthOfSink.computeIfAbsent(sink, name -> new SinkHealth(name, nanoTime, clock));
    }

    /** Not for every other number in the same words: each is a commit, and a sync. */
    private void write(String sink) {
        String words = health(sink).lasting();
        String before = words == null ? written.remove(sink) : written.put(sink, words);
        if (Repetition.isSame(words, before)) {
            return;
        }
        try (Connection connection = writer.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("update cursor set last_error = ? where sink = ?")) {
            statement.setString(1, words);
            statement.setString(2, sink);
            statement.executeUpdate();
        } catch (SQLException e) {
            log.debug("cannot note the failure of {}", sink, e);
        }
    }
}
