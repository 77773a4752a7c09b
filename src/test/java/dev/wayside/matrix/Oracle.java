package dev.wayside.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Knows what was accepted, from the journal's own file, and judges what arrived. */
final class Oracle {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, JsonNode> accepted = new LinkedHashMap<>();

    /** Reads the journal of a run that is over, or that goes on. */
    Oracle(Path journal) throws SQLException, JsonProcessingException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + journal);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select event_id, json from event order by id")) {
            while (row.next()) {
                accepted.put(row.getString(1), JSON.readTree(row.getString(2)));
            }
        }
    }

    /**
     * A cell of the table.
     *
     * @param accepted how many events the journal had committed
     * @param delivered how many of these arrived
     * @param repeated how often one arrived again
     */
    record Cell(int accepted, int delivered, int repeated) {
        int lost() {
            return accepted - delivered;
        }
    }

    int accepted() {
        return accepted.size();
    }

    /** Compares; what arrived must be equal to what was accepted, and come for the first time in the same order. */
    Cell judge(String sink, List<String> arrived) throws JsonProcessingException {
        Map<String, JsonNode> first = new LinkedHashMap<>();
        int repeated = 0;
        for (String json : arrived) {
            JsonNode event = JSON.readTree(json);
            if (first.putIfAbsent(event.get("id").asText(), event) != null) {
                repeated++;
            }
        }
        first.keySet().retainAll(accepted.keySet());
        first.forEach((id, event) -> assertEquals(accepted.get(id), event, sink + " changed an event"));
        List<String> order =
                accepted.keySet().stream().filter(first::containsKey).toList();
        assertEquals(order, List.copyOf(first.keySet()), sink + " changed the order");
        return new Cell(accepted.size(), first.size(), repeated);
    }
}
