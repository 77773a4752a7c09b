package dev.wayside.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maintains an open journal: enforces the caps every two seconds, counts new events every ten; once a minute, saves the
 * clock and logs what the caps dropped. For one thread.
 */
final class Maintenance {
    private static final Logger log = LoggerFactory.getLogger(Maintenance.class);
    private static final int RUNS_PER_MINUTE = 30;
    /** Rarely enough that its commit is hardly ever one for which a frame waits. */
    private static final int RUNS_PER_COUNT = 5;

    private final DataSource writer;
    private final Retention retention;
    private final LabelCounts counts;
    private final Map<String, Long> dropped = new TreeMap<>();
    private long droppedLetters;
    /** A reader kept the file from shrinking; the next run tries again. */
    private boolean unfinished;

    private long runs;
    /** Why events could not be counted; null if they could. */
    private SQLException notCounted;

    Maintenance(DataSource writer, Retention retention, LabelCounts counts) {
        this.writer = writer;
        this.retention = retention;
        this.counts = counts;
    }

    /**
     * Runs once; to be called every two seconds.
     *
     * @param clock the journal's clock
     * @throws SQLException if it could not do all of it; a failure to count is thrown only at the end
     */
    void run(JournalClock clock) throws SQLException {
        applyCaps(clock);
        if (runs % RUNS_PER_COUNT == 0) {
            count(() -> counts.countNew(clock));
        }
        if (++runs % RUNS_PER_MINUTE == 0) {
            try (Connection connection = writer.getConnection()) {
                save(clock, connection);
                LabelCounts.dropOld(connection, clock.millis());
            }
            logDropped();
        }
        if (notCounted != null) {
            throw notCounted;
        }
    }

    /** Events that cannot be counted must still be dropped in time, or the disk fills up. */
    private void count(Transaction.Work counting) {
        try {
            counting.run();
            notCounted = null;
        } catch (SQLException e) {
            notCounted = e;
        }
    }

    /**
     * Takes the connection for each step separately, so that appends can run in between. Each step drops dead letters
     * first: a sink may have added some since the previous step, and no event must be dropped to make room for them.
     */
    void applyCaps(JournalClock clock) throws SQLException {
        boolean more = true;
        while (more) {
            try (Connection connection = writer.getConnection()) {
                more = retention.dropSomeSums(connection);
            }
        }
        more = true;
        while (more) {
            more = dropSome(clock);
        }
        more = true;
        while (more) {
            try (Connection connection = writer.getConnection()) {
                more = retention.shrinkSome(connection);
                if (more || unfinished) {
                    unfinished = !Retention.checkpoint(connection);
                }
            }
        }
    }

    private boolean dropSome(JournalClock clock) throws SQLException {
        long last;
        try (Connection connection = writer.getConnection()) {
            int letters = retention.dropSomeDeadLetters(connection);
            droppedLetters += letters;
            if (letters > 0) {
                return true;
            }
            last = retention.lastToDrop(connection, clock.millis());
        }
        if (last > 0) {
            count(() -> counts.countUpTo(last, clock));
            try (Connection connection = writer.getConnection()) {
                retention.drop(connection, last, dropped);
            }
        }
        return last > 0;
    }

    static void save(JournalClock clock, Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("update state set value = ? where key = 'clock'")) {
            statement.setLong(1, clock.millis());
            statement.executeUpdate();
        }
    }

    private void logDropped() {
        dropped.values().removeIf(count -> count == 0);
        if (!dropped.isEmpty()) {
            log.warn(
                    "journal: dropped the oldest events to stay within journal.max-size and journal.max-age;"
                            + " undelivered events dropped for each sink: {}",
                    dropped);
            dropped.clear();
        }
        if (droppedLetters > 0) {
            log.warn("journal: deleted the oldest {} dead letters to stay within their limits", droppedLetters);
            droppedLetters = 0;
        }
    }
}
