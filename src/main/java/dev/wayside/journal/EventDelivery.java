package dev.wayside.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether one sink has received one event.
 *
 * @param reason why it was refused, or why the sink fails; null if neither applies
 */
public record EventDelivery(String sink, State state, String reason) {
    /** How far the delivery of an event to a sink has got. */
    public enum State {
        /** The sink has acknowledged it. */
        DELIVERED,
        /** It is the sink's turn later. */
        WAITING,
        /** The sink fails: this event, or one before it, is being retried; or it is a dead letter queued for a retry. */
        RETRYING,
        /** The sink refused it permanently. */
        DEAD_LETTER,
        /** It waits until a user resumes the sink. */
        PAUSED,
        /** It waits until a route delivers to the sink again. */
        OFF,
        /** It was accepted before the sink was added, which began with newer ones. */
        NOT_MEANT;

        /** In words, such as {@code dead letter}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private record Cursor(String sink, boolean active, long first, long last, boolean paused, String error) {
        EventDelivery of(long number, Letter letter) {
            if (letter != null) {
                return new EventDelivery(sink, letter.retry ? State.RETRYING : State.DEAD_LETTER, letter.reason);
            }
            if (number <= last) {
                return new EventDelivery(sink, number <= first ? State.NOT_MEANT : State.DELIVERED, null);
            }
            if (paused || !active) {
                return new EventDelivery(sink, active ? State.PAUSED : State.OFF, null);
            }
            return new EventDelivery(sink, error == null ? State.WAITING : State.RETRYING, error);
        }
    }

    private record Letter(String reason, boolean retry) {}

    /**
     * Finds the deliveries of some events to all sinks.
     *
     * @param connection a connection to the journal
     * @param idOfNumber the {@code id} of each event, by its number in the journal
     * @return by the event's number; the sinks in the order of their names
     */
    static Map<Long, List<EventDelivery>> of(Connection connection, Map<Long, String> idOfNumber) throws SQLException {
        List<Cursor> cursors = cursors(connection);
        Map<String, Letter> letters = letters(connection, idOfNumber);
        Map<Long, List<EventDelivery>> deliveries = new HashMap<>();
        idOfNumber.forEach((number, id) -> deliveries.put(
                number,
                cursors.stream()
                        .map(cursor -> cursor.of(number, letters.get(key(cursor.sink, id))))
                        .toList()));
        return deliveries;
    }

    private static List<Cursor> cursors(Connection connection) throws SQLException {
        List<Cursor> cursors = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                        "select sink, active, first_id, last_id, paused, last_error from cursor order by sink");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                cursors.add(new Cursor(
                        row.getString(1),
                        row.getBoolean(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getBoolean(5),
                        row.getString(6)));
            }
        }
        return cursors;
    }

    private static Map<String, Letter> letters(Connection connection, Map<Long, String> idOfNumber)
            throws SQLException {
        Map<String, Letter> letters = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(
                """
                select sink, event_id, reason, retry from dead_letter
                where sink in (select sink from cursor) and event_id in (select value from json_each(?))""")) {
            statement.setString(1, DeadLetters.json(List.copyOf(idOfNumber.values())));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    letters.put(
                            key(row.getString(1), row.getString(2)), new Letter(row.getString(3), row.getBoolean(4)));
                }
            }
        }
        return letters;
    }

    private static String key(String sink, String event) {
        return sink + ' ' + event;
    }
}
