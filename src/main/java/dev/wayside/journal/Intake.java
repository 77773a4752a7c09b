package dev.wayside.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Writes accepted events, those of several threads in one commit, and wakes the sinks. Thread-safe. */
final class Intake {
    private static final long GROUP_CHARACTERS = 4_000_000;

    private final GroupCommit commits = new GroupCommit(GROUP_CHARACTERS, this::write);
    private final Connections connections;
    private final OngoingFailure writeFailure;
    private final AppendSignal appendSignal;
    private volatile JournalClock clock;

    /**
     * Accepts no events until {@link #open}.
     *
     * @param writeFailure is notified when events cannot be written, and when they can again
     * @param appendSignal wakes the sinks
     */
    Intake(Connections connections, OngoingFailure writeFailure, AppendSignal appendSignal) {
        this.connections = connections;
        this.writeFailure = writeFailure;
        this.appendSignal = appendSignal;
    }

    /** Accepts events from now on, with the times of this clock. */
    void open(JournalClock clock) {
        this.clock = clock;
    }

    /** As {@link Journal#append}. */
    void append(Map<String, ?> event) throws JournalException, InterruptedException {
        if (clock == null) {
            throw new JournalException("the journal accepts no events: " + writeFailure.reason());
        }
        commits.commit(EventRows.json(event));
    }

    private void write(List<String> group) throws JournalException {
        try (Connection connection = connections.writer().getConnection()) {
            EventRows.insert(connection, clock.millis(), group);
        } catch (SQLException e) {
            String reason = writeFailure.occurred("cannot write", e);
            connections.evictIfReadOnly(e);
            throw new JournalException("the journal did not accept the event: " + reason, e);
        }
        writeFailure.ended();
        appendSignal.signal();
    }
}
