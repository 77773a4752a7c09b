package dev.wayside.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Writes accepted events, those of several threads in one commit, and wakes the sinks. Thread-safe. */
final class Intake {
    private static final long GROUP_CHARACTERS = 4_000_000;

    private final GroupCommit commits = new GroupCommit(GROUP_CHARACTERS, this::write);
    private final Connections connections;
    private final OngoingFailure writeFailure;
    private final AppendSignal appendSignal;
    private final Supplier<JournalClock> clock;
    private final Counter accepted;
    private final Counter notAccepted;

    /**
     * Accepts no events while there is no clock.
     *
     * @param clock supplies the journal's clock; null until the file is open
     * @param writeFailure is notified when events cannot be written, and when they can again
     * @param appendSignal wakes the sinks
     * @param registry where the counts are published
     */
    Intake(
            Connections connections,
            Supplier<JournalClock> clock,
            OngoingFailure writeFailure,
            AppendSignal appendSignal,
            MeterRegistry registry) {
        this.connections = connections;
        this.clock = clock;
        this.writeFailure = writeFailure;
        this.appendSignal = appendSignal;
        this.accepted = Counter.builder("wayside.events.accepted")
                .description("Events that the journal has accepted, so that they are on the disk")
                .register(registry);
        this.notAccepted = Counter.builder("wayside.events.not.accepted")
                .description("Events that the journal could not accept")
                .register(registry);
    }

    /** As {@link Journal#append}. */
    void append(Map<String, ?> event) throws JournalException, InterruptedException {
        String row = EventRows.json(event);
        try {
            requireOpen();
            commits.commit(row);
        } catch (JournalException e) {
            notAccepted.increment();
            throw e;
        }
        accepted.increment();
    }

    private void requireOpen() throws JournalException {
        if (clock.get() == null) {
            throw new JournalException("the journal accepts no events: " + writeFailure.reason());
        }
    }

    private void write(List<String> group) throws JournalException {
        try (Connection connection = connections.writer().getConnection()) {
            EventRows.insert(connection, clock.get().millis(), group);
        } catch (SQLException e) {
            String reason = writeFailure.occurred("cannot write", e);
            connections.evictIfReadOnly(e);
            throw new JournalException("the journal did not accept the event: " + reason, e);
        }
        writeFailure.ended();
        appendSignal.signal();
    }
}
