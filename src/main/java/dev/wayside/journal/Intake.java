package dev.wayside.journal;

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

    /**
     * Accepts no events while there is no clock.
     *
     * @param clock supplies the journal's clock; null until the file is open
     * @param writeFailure is notified when events cannot be written, and when they can again
     * @param appendSignal wakes the sinks
     */
    Intake(
            Connections connections,
            Supplier<JournalClock> clock,
            OngoingFailure writeFailure,
            AppendSignal appendSignal) {
        this.connections = connections;
        this.clock = clock;
        this.writeFailure = writeFailure;
        this.appendSignal = appendSignal;
    }

    /** As {@link Journal#append}. */
    void append(Map<String, ?> event) throws JournalException, InterruptedException {
        if (clock.get() == null) {
            throw new JournalException("the journal accepts no events: " + writeFailure.reason());
        }
        commits.commit(EventRows.json(event));
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
