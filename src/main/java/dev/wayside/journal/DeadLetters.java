package dev.wayside.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The events that sinks refused permanently. */
public final class DeadLetters {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String CHOSEN =
            """
            \s
            where sink = ?1
                and (?2 = '[]' or event_id in (select value from json_each(?2)))
                and (?3 is null or time < ?3)
                and retry <= ?4""";
    /** Those queued for a retry, too. */
    private static final int ANY = 1;

    private static final int NOT_QUEUED = 0;

    private final Connection connection;

    DeadLetters(Connection connection) {
        this.connection = connection;
    }

    /** Reads or changes dead letters. */
    public interface Work<T> {
        /** Called once. */
        T with(DeadLetters letters) throws SQLException;
    }

    /**
     * An event that a sink refused, with the reason.
     *
     * @param time when the sink refused it, ISO in UTC
     * @param eventId the event's {@code id}
     * @param reason why the sink refused it, usually the server's error message
     * @param retry whether it is queued for another delivery to the sink
     * @param json the flat event
     */
    public record Letter(String time, String eventId, String reason, boolean retry, String json) {}

    /**
     * The dead letters of one sink.
     *
     * @param letters how many
     * @param retrying how many of these are queued for another delivery
     * @param oldest when the oldest was refused, ISO in UTC; null if there is none
     * @param newest when the newest was refused, ISO in UTC; null if there is none
     */
    public record Count(String sink, long letters, long retrying, String oldest, String newest) {}

    /**
     * Selects some of a sink's dead letters.
     *
     * @param ids the ids of their events; empty selects all
     * @param before selects those refused before this time; null for any time
     */
    public record Choice(List<String> ids, Instant before) {}

    /**
     * Returns the newest dead letters of a sink, the newest first.
     *
     * @param most the maximum number
     */
    public List<Letter> newest(String sink, int most) throws SQLException {
        List<Letter> letters = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                """
                select time, event_id, reason, retry, json from dead_letter
                where sink = ? order by time desc, id desc limit ?""")) {
            statement.setString(1, sink);
            statement.setInt(2, most);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    letters.add(new Letter(
                            row.getString(1), row.getString(2), row.getString(3), row.getBoolean(4), row.getString(5)));
                }
            }
        }
        return letters;
    }

    /** The count of every sink, including those without dead letters, in the order of their names. */
    public List<Count> counts() throws SQLException {
        List<Count> counts = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                        """
                        select cursor.sink, count(id), sum(retry), min(time), max(time)
                        from cursor left join dead_letter using (sink) group by cursor.sink order by cursor.sink""");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                counts.add(new Count(
                        row.getString(1), row.getLong(2), row.getLong(3), row.getString(4), row.getString(5)));
            }
        }
        return counts;
    }

    /** The names of all sinks, in their order. */
    public List<String> sinks() throws SQLException {
        List<String> sinks = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("select sink from cursor order by sink");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                sinks.add(row.getString(1));
            }
        }
        return sinks;
    }

    /** Counts the selected dead letters. */
    public Count count(String sink, Choice choice) throws SQLException {
        try (PreparedStatement statement = chosen(
                        "select sink, count(*), sum(retry), min(time), max(time) from dead_letter", sink, choice);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Count(sink, row.getLong(2), row.getLong(3), row.getString(4), row.getString(5));
        }
    }

    /** The ids of the selection for which the sink has no dead letter. */
    public List<String> unknown(String sink, Choice choice) throws SQLException {
        List<String> unknown = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                """
                select value from json_each(?)
                where value not in (select event_id from dead_letter where sink = ?)""")) {
            statement.setString(1, json(choice.ids));
            statement.setString(2, sink);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    unknown.add(row.getString(1));
                }
            }
        }
        return unknown;
    }

    /** Queues the selected dead letters for another delivery to the sink; returns how many. */
    public int retry(String sink, Choice choice) throws SQLException {
        try (PreparedStatement statement = chosen("update dead_letter set retry = 1", sink, choice)) {
            return statement.executeUpdate();
        }
    }

    /** Deletes the selected dead letters. */
    public void purge(String sink, Choice choice) throws SQLException {
        try (PreparedStatement statement = chosen("delete from dead_letter", sink, choice)) {
            statement.executeUpdate();
        }
    }

    /** Deletes the selected dead letters except those that are queued for a retry; returns how many. */
    public int purgeUnlessQueued(String sink, Choice choice) throws SQLException {
        try (PreparedStatement statement = chosen("delete from dead_letter", sink, choice, NOT_QUEUED)) {
            return statement.executeUpdate();
        }
    }

    /** A statement on the selected dead letters of a sink. */
    private PreparedStatement chosen(String statement, String sink, Choice choice) throws SQLException {
        return chosen(statement, sink, choice, ANY);
    }

    private PreparedStatement chosen(String statement, String sink, Choice choice, int queued) throws SQLException {
        PreparedStatement chosen = connection.prepareStatement(statement + CHOSEN);
        chosen.setString(1, sink);
        chosen.setString(2, json(choice.ids));
        chosen.setString(3, choice.before == null ? null : Replays.TIME.format(choice.before));
        chosen.setInt(4, queued);
        return chosen;
    }

    static String json(List<String> ids) {
        try {
            return JSON.writeValueAsString(ids);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
