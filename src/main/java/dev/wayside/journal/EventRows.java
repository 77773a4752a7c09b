package dev.wayside.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Events as rows of the table {@code event}. */
final class EventRows {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INSERT =
            """
            insert into event (event_id, camera, time, accepted, size, json)
            select value ->> 'id', value ->> 'camera', value ->> 'time', ?1, octet_length(value), value
            from json_each(?2)""";

    private EventRows() {}

    /**
     * A flat event as JSON. The id is checked here because an event without one would make the insert of its whole
     * group fail.
     *
     * @throws IllegalArgumentException if it has no text {@code id} or cannot be JSON
     */
    static String json(Map<String, ?> event) {
        if (!(event.get("id") instanceof String)) {
            throw new IllegalArgumentException(
                    "The journal accepts flat events, maps with a text 'id'; this map has none.");
        }
        try {
            return JSON.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The event cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Inserts a group of {@link #json} in one statement; {@code clock} is the journal's clock in milliseconds. */
    static void insert(Connection connection, long clock, List<String> group) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setLong(1, clock);
            insert.setString(2, "[" + String.join(",", group) + "]");
            insert.executeUpdate();
        }
    }
}
