package dev.wayside.journal;

import dev.wayside.status.Elapsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A summary of a journal's contents.
 *
 * @param bytes the size of the file and its write-ahead log
 * @param events the number of events kept, delivered or not
 * @param newest the number of the newest event, in the order of acceptance; 0 if there is none
 * @param oldest the time of the oldest event; null if there is none
 * @param oldestAgeSeconds its age by the journal's clock, which stops while Wayside is not running
 * @param sinks in the order of their names
 */
public record JournalReport(
        long bytes, long events, long newest, String oldest, long oldestAgeSeconds, List<Sink> sinks) {
    private static final long MILLIS_PER_SECOND = 1000;
    /** The first schema version with replays and retries. */
    private static final int REDELIVERING = 2;
    /** The first schema version in which a sink can be paused. */
    private static final int PAUSING = 5;

    /**
     * The progress of one sink.
     *
     * @param active whether a route delivers to it in the current or latest run
     * @param paused whether a user has paused it
     * @param backlog the number of events that wait for it
     * @param waitingSince the time of the oldest waiting event; null if none waits
     * @param waitingSeconds how long that event has waited, by the journal's clock
     * @param dropped the number of events that the caps dropped before this sink received them
     * @param deadLetters the number of events that it refused permanently
     * @param replaying the number of events still to be replayed to it
     * @param retrying the number of its dead letters that are queued for another delivery
     * @param lastError why it fails, as the Wayside that uses the file has recorded it; null while it works
     */
    public record Sink(
            String name,
            boolean active,
            boolean paused,
            long backlog,
            String waitingSince,
            long waitingSeconds,
            long dropped,
            long deadLetters,
            long replaying,
            long retrying,
            String lastError) {

        /**
         * Why it is late; null if it is not late, or is disabled or paused.
         *
         * @param limit the maximum wait of its oldest event, {@code <sink>.late-after}
         */
        public String lateness(Duration limit) {
            Duration waiting = Duration.ofSeconds(waitingSeconds);
            if (!active || paused || backlog == 0 || waiting.compareTo(limit) <= 0) {
                return null;
            }
            return "its oldest event has waited " + Elapsed.words(waiting) + ", longer than " + name + ".late-after ("
                    + Elapsed.words(limit) + "); " + (backlog == 1 ? "1 event waits" : backlog + " events wait");
        }

        /**
         * The state according to the file alone; a sink that has had nothing to deliver counts as working.
         *
         * @param limit as for {@link #lateness}
         */
        public SinkStatus.State state(Duration limit) {
            if (!active) {
                return SinkStatus.State.OFF;
            }
            if (paused) {
                return SinkStatus.State.PAUSED;
            }
            if (lastError != null) {
                return SinkStatus.State.FAILING;
            }
            return lateness(limit) == null ? SinkStatus.State.WORKS : SinkStatus.State.LATE;
        }

        /**
         * Why it does not work; null if it works or is disabled or paused.
         *
         * @param limit as for {@link #lateness}
         */
        public String reason(Duration limit) {
            return active && !paused && lastError != null ? lastError : lateness(limit);
        }

        /** The values under their names in the status. */
        public Map<String, Object> plain() {
            Map<String, Object> plain = new LinkedHashMap<>();
            plain.put("name", name);
            plain.put("active", active);
            plain.putAll(figures());
            plain.put("last_error", lastError);
            return plain;
        }

        Map<String, Object> figures() {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("backlog", backlog);
            figures.put("waiting_since", waitingSince);
            figures.put("waiting_seconds", waitingSeconds);
            figures.put("dropped", dropped);
            figures.put("dead_letters", deadLetters);
            figures.put("replaying", replaying);
            figures.put("retrying", retrying);
            return figures;
        }
    }

    /**
     * Reads the report with a few queries, however large the journal is. Uses the clock that is saved in the file,
     * which may be a minute old.
     *
     * @param connection a connection to the journal
     * @param file the journal's
     */
    static JournalReport read(Connection connection, Path file) throws SQLException, IOException {
        return read(connection, file, 0);
    }

    /**
     * The same for a caller that has the journal's clock.
     *
     * @param now the value of the clock, in milliseconds
     */
    static JournalReport read(Connection connection, Path file, long now) throws SQLException, IOException {
        long first = number(connection, "select min(id) from event");
        long newest = number(connection, "select max(id) from event");
        long saved = number(
                connection,
                """
                select max(value, coalesce((select accepted from event order by id desc limit 1), 0))
                from state where key = 'clock'""");
        long clock = Math.max(now, saved);
        // Ids have no gaps, because only the oldest events are ever deleted. The exception is a file that was repaired
        // after damage.
        long events = newest == 0 ? 0 : newest - first + 1;
        Waiting oldest = waiting(connection, first - 1, clock);
        return new JournalReport(
                size(file), events, newest, oldest.since, oldest.seconds, sinks(connection, first, newest, clock));
    }

    /**
     * How many of the events up to this one wait for a sink, whatever the clock says.
     *
     * @param sink one of {@link #sinks}
     * @param last the number of the event
     */
    public long backlog(Sink sink, long last) {
        return Math.max(0, sink.backlog - Math.max(0, newest - last));
    }

    /** All values under their names in the status. */
    public Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("bytes", bytes);
        plain.put("events", events);
        plain.put("oldest", oldest);
        plain.put("oldest_age_seconds", oldestAgeSeconds);
        plain.put("sinks", sinks.stream().map(Sink::plain).toList());
        return plain;
    }

    private record Waiting(String since, long seconds) {}

    private static Waiting waiting(Connection connection, long lastId, long clock) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select time, accepted from event where id > ? order by id limit 1")) {
            statement.setLong(1, lastId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? new Waiting(row.getString(1), (clock - row.getLong(2)) / MILLIS_PER_SECOND)
                        : new Waiting(null, 0);
            }
        }
    }

    private static List<Sink> sinks(Connection connection, long first, long newest, long clock) throws SQLException {
        List<Sink> sinks = new ArrayList<>();
        Map<String, Long> replaying = Map.of();
        Map<String, Long> retrying = Map.of();
        // A command may read a journal that has not been migrated yet.
        boolean pausing = JournalSchema.version(connection) >= PAUSING;
        if (JournalSchema.version(connection) >= REDELIVERING) {
            replaying = bySink(connection, "select sink, sum(events) from replay group by sink");
            retrying = bySink(connection, "select sink, count(*) from dead_letter where retry = 1 group by sink");
        }
        try (PreparedStatement statement = connection.prepareStatement(
                        """
                        select *, (select count(*) from dead_letter where dead_letter.sink = cursor.sink) as letters
                        from cursor order by sink""");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                long lastId = row.getLong("last_id");
                Waiting waiting = waiting(connection, lastId, clock);
                sinks.add(new Sink(
                        row.getString("sink"),
                        row.getBoolean("active"),
                        pausing && row.getBoolean("paused"),
                        newest == 0 ? 0 : Math.max(0, newest - Math.max(lastId, first - 1)),
                        waiting.since,
                        waiting.seconds,
                        row.getLong("dropped"),
                        row.getLong("letters"),
                        replaying.getOrDefault(row.getString("sink"), 0L),
                        retrying.getOrDefault(row.getString("sink"), 0L),
                        row.getString("last_error")));
            }
        }
        return sinks;
    }

    private static Map<String, Long> bySink(Connection connection, String query) throws SQLException {
        Map<String, Long> counts = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                counts.put(row.getString(1), row.getLong(2));
            }
        }
        return counts;
    }

    private static long size(Path file) throws IOException {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        return Files.size(file) + (Files.exists(log) ? Files.size(log) : 0);
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
