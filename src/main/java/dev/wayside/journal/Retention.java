package dev.wayside.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Enforces the caps: drops the oldest events when the file is too large or they are too old, counts them for each sink
 * that had not received them, and returns the space to the file system. Works in small steps, so that appends can run
 * in between.
 *
 * @param mostBytes the maximum size of the file
 * @param longestAge the maximum age of an event, by the journal's own clock
 */
record Retention(long mostBytes, Duration longestAge) {
    private static final int CHUNK = 1000;
    private static final int MOST_DEAD_LETTERS = 10_000;
    /** In a file at its cap, dead letters may take at most one part in this many. */
    private static final int DEAD_LETTERS_PART = 8;

    /** In a file at its cap, the sums of the counts may take at most one part in this many. */
    private static final int SUMS_PART = 8;
    /** The size of a sum in the file, about. */
    private static final int SUM_BYTES = 50;

    private static final int PAGES_AT_ONCE = 2000;
    /** Free pages are kept for the next events unless they are more than one page in this many. */
    private static final int FREE_PART = 8;

    /**
     * The last event of the next chunk to be dropped.
     *
     * @param clock the value of the journal's clock, in milliseconds
     * @return its id; 0 if the caps allow all events
     */
    long lastToDrop(Connection connection, long clock) throws SQLException {
        long tooOld = lastTooOld(connection, clock - longestAge.toMillis());
        return tooOld > 0 ? tooOld : lastTooMany(connection);
    }

    /** Drops all events up to this id, in one transaction. */
    void drop(Connection connection, long last, Map<String, Long> droppedBySink) throws SQLException {
        Transaction.in(connection, () -> dropUpTo(connection, last, droppedBySink));
    }

    /**
     * Removes free pages if there are many or the file is too large. The file shrinks with the next {@link
     * #checkpoint}.
     *
     * @return whether it removed some, so that there may be more
     */
    boolean shrinkSome(Connection connection) throws SQLException {
        long pages = pragma(connection, "page_count");
        long free = pragma(connection, "freelist_count");
        boolean tooLarge = pages * pragma(connection, "page_size") > mostBytes;
        if (free == 0 || !tooLarge && free * FREE_PART < pages) {
            return false;
        }
        try (Statement statement = connection.createStatement()) {
            // Not execute(): it makes only one step, and each step frees one page.
            statement.executeUpdate("pragma incremental_vacuum(" + PAGES_AT_ONCE + ")");
        }
        return true;
    }

    /**
     * Moves the write-ahead log into the file, which shrinks only then.
     *
     * @return false if a reader still needs the log. It does not wait for readers, because new events would have to
     *     wait, too
     */
    static boolean checkpoint(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("pragma wal_checkpoint(passive)")) {
            return row.next() && row.getInt(1) == 0 && row.getInt(2) == row.getInt(3);
        }
    }

    /**
     * Drops the oldest dead letters, at most one chunk: those above the maximum number and, if the file is too large,
     * those above their share of it. No event is dropped to make room for dead letters.
     *
     * @return how many it dropped
     */
    int dropSomeDeadLetters(Connection connection) throws SQLException {
        long excess = number(connection, "select count(*) from dead_letter") - MOST_DEAD_LETTERS;
        if (excess > 0) {
            return dropDeadLetters(connection, Math.min(excess, CHUNK));
        }
        if (excessBytes(connection) <= 0
                || number(
                                connection,
                                "select sum(octet_length(json) + coalesce(octet_length(reason), 0)) from dead_letter")
                        <= mostBytes / DEAD_LETTERS_PART) {
            return 0;
        }
        return dropDeadLetters(connection, CHUNK / 10);
    }

    /**
     * Drops the oldest sums of the counts, those of minutes first, if the file is too large and they have more than their
     * share of it. At most one chunk.
     *
     * @return whether there may be more to drop
     */
    boolean dropSomeSums(Connection connection) throws SQLException {
        if (excessBytes(connection) <= 0
                || number(connection, "select count(*) from label_count") * SUM_BYTES <= mostBytes / SUMS_PART) {
            return false;
        }
        try (PreparedStatement delete = connection.prepareStatement(
                """
                delete from label_count where (seconds, start) in (
                    select seconds, start from label_count order by seconds, start limit ?)""")) {
            delete.setInt(1, CHUNK);
            return delete.executeUpdate() > 0;
        }
    }

    private static int dropDeadLetters(Connection connection, long oldest) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from dead_letter where id in (select id from dead_letter order by id limit ?)")) {
            delete.setLong(1, oldest);
            return delete.executeUpdate();
        }
    }

    /** The age of an event never increases with its id, so only the first events need to be checked. */
    private static long lastTooOld(Connection connection, long accepted) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select max(id) from (select id, accepted from event order by id limit ?) where accepted < ?")) {
            statement.setInt(1, CHUNK);
            statement.setLong(2, accepted);
            return number(statement);
        }
    }

    private long lastTooMany(Connection connection) throws SQLException {
        long excess = excessBytes(connection);
        if (excess <= 0) {
            return 0;
        }
        try (PreparedStatement statement = connection.prepareStatement(
                """
                select max(id) from (
                    select id, sum(size) over (order by id) - size as before
                    from (select id, size from event order by id limit ?))
                where before < ?""")) {
            statement.setInt(1, CHUNK);
            statement.setLong(2, excess);
            return number(statement);
        }
    }

    private long excessBytes(Connection connection) throws SQLException {
        long pages = pragma(connection, "page_count") - pragma(connection, "freelist_count");
        return pages * pragma(connection, "page_size") - mostBytes;
    }

    private static void dropUpTo(Connection connection, long last, Map<String, Long> droppedBySink)
            throws SQLException {
        Map<String, Long> missed = new LinkedHashMap<>();
        try (PreparedStatement count = connection.prepareStatement(
                """
                select sink, (select count(*) from event where id > cursor.last_id and id <= ?)
                from cursor where active = 1 and last_id < ?""")) {
            count.setLong(1, last);
            count.setLong(2, last);
            try (ResultSet rows = count.executeQuery()) {
                while (rows.next()) {
                    missed.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        try (PreparedStatement move =
                connection.prepareStatement("update cursor set dropped = dropped + ?, last_id = ? where sink = ?")) {
            for (Map.Entry<String, Long> each : missed.entrySet()) {
                move.setLong(1, each.getValue());
                move.setLong(2, last);
                move.setString(3, each.getKey());
                move.executeUpdate();
            }
        }
        shortenReplays(connection, last);
        try (PreparedStatement delete = connection.prepareStatement("delete from event where id <= ?")) {
            delete.setLong(1, last);
            delete.executeUpdate();
        }
        missed.forEach((sink, events) -> droppedBySink.merge(sink, events, Long::sum));
    }

    /** Not counted as dropped, because the sink has received these events before. */
    private static void shortenReplays(Connection connection, long last) throws SQLException {
        try (PreparedStatement shorten = connection.prepareStatement(
                """
                update replay set done = ?, events = events -
                    (select count(*) from replayable where replayable.replay = replay.id and replayable.id <= ?)
                where done < ?""")) {
            shorten.setLong(1, last);
            shorten.setLong(2, last);
            shorten.setLong(3, last);
            shorten.executeUpdate();
        }
    }

    private static long pragma(Connection connection, String name) throws SQLException {
        return number(connection, "pragma " + name);
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            return number(statement);
        }
    }

    private static long number(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
