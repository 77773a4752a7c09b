package dev.wayside.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Replays to sinks events that the journal still has. */
public final class Replays {
    /**
     * The format in which the journal compares times: UTC with three digits of milliseconds, so that text order is time
     * order.
     */
    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Connection connection;

    Replays(Connection connection) {
        this.connection = connection;
    }

    /**
     * A range of event times.
     *
     * @param first the earliest
     * @param last the latest
     */
    public record Span(String first, String last) {}

    /**
     * The events in a time range.
     *
     * @param eventsOfCamera for each camera, the number of events that the cursor has passed and that a replay would
     *     deliver
     * @param span the range of their times; null if there are none
     * @param waiting the number of events that the sink has not received yet and will receive anyway
     * @param firstId the journal's id of the first event in the order of acceptance
     * @param lastId the journal's id of the last event
     */
    public record Match(Map<String, Long> eventsOfCamera, Span span, long waiting, long firstId, long lastId) {
        /** How many events a replay would deliver. */
        public long events() {
            return eventsOfCamera.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * Searches the whole journal without delaying writers.
     *
     * @param from the earliest event time, inclusive
     * @param to the end of the range, exclusive
     */
    public Match find(String sink, Instant from, Instant to) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                """
                select coalesce(camera, '-'), waits, count(*), min(time), max(time), min(id), max(id)
                from (
                    select id, camera, strftime('%Y-%m-%dT%H:%M:%fZ', time) as time,
                        id > (select last_id from cursor where sink = ?) as waits
                    from event)
                where time >= ? and time < ?
                group by 1, 2""")) {
            statement.setString(1, sink);
            statement.setString(2, TIME.format(from));
            statement.setString(3, TIME.format(to));
            try (ResultSet rows = statement.executeQuery()) {
                return match(rows);
            }
        }
    }

    private static Match match(ResultSet rows) throws SQLException {
        Match found = new Match(new TreeMap<>(), null, 0, Long.MAX_VALUE, 0);
        while (rows.next()) {
            found = rows.getBoolean(2) ? withWaiting(found, rows.getLong(3)) : withCamera(found, rows);
        }
        return found;
    }

    private static Match withWaiting(Match match, long more) {
        return new Match(match.eventsOfCamera, match.span, match.waiting + more, match.firstId, match.lastId);
    }

    private static Match withCamera(Match match, ResultSet row) throws SQLException {
        Map<String, Long> cameras = new TreeMap<>(match.eventsOfCamera);
        cameras.put(row.getString(1), row.getLong(3));
        return new Match(
                cameras,
                union(match.span, new Span(row.getString(4), row.getString(5))),
                match.waiting,
                Math.min(match.firstId, row.getLong(6)),
                Math.max(match.lastId, row.getLong(7)));
    }

    private static Span union(Span one, Span other) {
        if (one == null) {
            return other;
        }
        return new Span(
                one.first.compareTo(other.first) < 0 ? one.first : other.first,
                one.last.compareTo(other.last) > 0 ? one.last : other.last);
    }

    /** The range of the times of all events in the journal; empty if it has none. */
    public Optional<Span> span() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        """
                        select min(time), max(time)
                        from (select strftime('%Y-%m-%dT%H:%M:%fZ', time) as time from event)""");
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getString(1) != null
                    ? Optional.of(new Span(row.getString(1), row.getString(2)))
                    : Optional.empty();
        }
    }

    /**
     * Requests a replay of these events to the sink, after its earlier replays.
     *
     * @param from as passed to {@link #find}
     * @param to as passed to {@link #find}
     * @param match the result of {@link #find}, at least one event
     */
    public void ask(String sink, Instant from, Instant to, Match match) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into replay (sink, since, until, done, last, events) values (?, ?, ?, ?, ?, ?)")) {
            statement.setString(1, sink);
            statement.setString(2, TIME.format(from));
            statement.setString(3, TIME.format(to));
            statement.setLong(4, match.firstId - 1);
            statement.setLong(5, match.lastId);
            statement.setLong(6, match.events());
            statement.executeUpdate();
        }
    }

    /** How many events are still to be replayed to the sink. */
    public long left(String sink) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select sum(events) from replay where sink = ?")) {
            statement.setString(1, sink);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    /** Cancels all replays to the sink; a batch in flight is still delivered. */
    public void cancel(String sink) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("delete from replay where sink = ?")) {
            statement.setString(1, sink);
            statement.executeUpdate();
        }
    }
}
