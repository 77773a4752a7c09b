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

/** Lets sinks have events again that the journal still has. */
public final class Replays {
    /** As the journal compares times: UTC with three digits of milliseconds, the order of text being that of time. */
    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Connection connection;

    Replays(Connection connection) {
        this.connection = connection;
    }

    /**
     * Own times of events.
     *
     * @param first the earliest
     * @param last the latest
     */
    public record Span(String first, String last) {}

    /**
     * The events of a span of time.
     *
     * @param eventsOfCamera those that the sink has had, or passed over, and would get again
     * @param span of these, null when there are none
     * @param waiting those that the sink has not had yet, and gets anyway
     * @param firstId the journal's number of the first in the order of acceptance
     * @param lastId and of the last
     */
    public record Match(Map<String, Long> eventsOfCamera, Span span, long waiting, long firstId, long lastId) {
        /** How many a replay would deliver. */
        public long events() {
            return eventsOfCamera.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * Looks through the whole journal, and holds up nobody who writes.
     *
     * @param from the events' own time
     * @param to the first time that is not meant any more
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

    /** The own times of all events that the journal has. */
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
     * Has the sink get these events again, after those that it is to get again already.
     *
     * @param from as {@link #find} was asked
     * @param to as {@link #find} was asked
     * @param match what it found, at least one event
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

    /** How many events the sink is still to get again. */
    public long left(String sink) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select sum(events) from replay where sink = ?")) {
            statement.setString(1, sink);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    /** Gives up what the sink was to get again; a list that is under way still arrives. */
    public void cancel(String sink) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("delete from replay where sink = ?")) {
            statement.setString(1, sink);
            statement.executeUpdate();
        }
    }
}
