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

/** The events that sinks refused for good. */
public final class DeadLetters {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String CHOSEN =
            """
            \s
            where sink = ?1
                and (?2 = '[]' or event_id in (select value from json_each(?2)))
                and (?3 is null or time < ?3)""";

    private final Connection connection;

    DeadLetters(Connection connection) {
        this.connection = connection;
    }

    /**
     * One of them.
     *
     * @param time when the sink refused it, ISO in UTC
     * @param eventId the event's {@code id}
     * @param reason why the sink refused it, mostly in the server's words
     * @param retry whether the sink is to get it again
     * @param json the flat event
     */
    public record Letter(String time, String eventId, String reason, boolean retry, String json) {}

    /**
     * Those of one sink.
     *
     * @param letters how many
     * @param retrying how many of these the sink is to get again
     * @param oldest when the first was refused, ISO in UTC; null when there is none
     * @param newest and the last
     */
    public record Count(String sink, long letters, long retrying, String oldest, String newest) {}

    /**
     * Which of a sink's dead letters are meant.
     *
     * @param ids of events; none for all
     * @param before when they were refused; null for any time
     */
    public record Choice(List<String> ids, Instant before) {}

    /**
     * The newest first.
     *
     * @param most how many
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

    /** Every sink's, those that have none too, in the order of their names. */
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

    /** How many are meant. */
    public Count count(String sink, Choice choice) throws SQLException {
        try (PreparedStatement statement = chosen(
                        "select sink, count(*), sum(retry), min(time), max(time) from dead_letter", sink, choice);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Count(sink, row.getLong(2), row.getLong(3), row.getString(4), row.getString(5));
        }
    }

    /** Ids of the choice that name none of the sink's dead letters. */
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

    /** Has the sink get them again. */
    public void retry(String sink, Choice choice) throws SQLException {
        try (PreparedStatement statement = chosen("update dead_letter set retry = 1", sink, choice)) {
            statement.executeUpdate();
        }
    }

    /** Forgets them. */
    public void purge(String sink, Choice choice) throws SQLException {
        try (PreparedStatement statement = chosen("delete from dead_letter", sink, choice)) {
            statement.executeUpdate();
        }
    }

    /** A statement on the sink's letters that the choice means. */
    private PreparedStatement chosen(String statement, String sink, Choice choice) throws SQLException {
        PreparedStatement chosen = connection.prepareStatement(statement + CHOSEN);
        chosen.setString(1, sink);
        chosen.setString(2, json(choice.ids));
        chosen.setString(3, choice.before == null ? null : Replays.TIME.format(choice.before));
        return chosen;
    }

    private static String json(List<String> ids) {
        try {
            return JSON.writeValueAsString(ids);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
