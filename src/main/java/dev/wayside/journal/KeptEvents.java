package dev.wayside.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** Finds single events that the journal still has, with their deliveries. Thread-safe. */
public final class KeptEvents {
    /** Searching for a rare label must not read the whole journal. */
    public static final int SEARCHED = 2000;

    private final DataSource reader;

    KeptEvents(DataSource reader) {
        this.reader = reader;
    }

    /**
     * An event and what became of it.
     *
     * @param number its number in the journal, in the order of acceptance
     * @param time when its frame was taken, as in the event
     * @param event the flat event
     * @param deliveries for each sink, in the order of their names
     */
    public record Kept(
            long number, String time, String camera, Map<String, Object> event, List<EventDelivery> deliveries) {}

    private record Row(long number, String id, String camera, String time, KeptEvent event) {
        Kept with(List<EventDelivery> deliveries) {
            return new Kept(number, time, camera, event, deliveries);
        }
    }

    /**
     * Finds the newest events among the latest {@link #SEARCHED}, the newest first.
     *
     * @param camera only those of this camera; null for all
     * @param count the flat key of a count, such as {@code car_count}: only those in which it is above 0; null for all
     * @param most the maximum number
     */
    public List<Kept> newest(String camera, String count, int most) throws SQLException {
        try (Connection connection = reader.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        """
                        select id, event_id, camera, time, json
                        from (select * from event order by id desc limit ?1)
                        where ?2 is null or camera = ?2 order by id desc""")) {
            statement.setInt(1, SEARCHED);
            statement.setString(2, camera);
            List<Row> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (found.size() < most && row.next()) {
                    Row one = row(row);
                    if (count == null || has(one.event, count)) {
                        found.add(one);
                    }
                }
            }
            return withDeliveries(connection, found);
        }
    }

    /** Finds one event by its number; empty if the journal never had it or has dropped it. */
    public Optional<Kept> find(long number) throws SQLException {
        try (Connection connection = reader.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "select id, event_id, camera, time, json from event where id = ?")) {
            statement.setLong(1, number);
            List<Row> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    found.add(row(row));
                }
            }
            return withDeliveries(connection, found).stream().findFirst();
        }
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong(1), row.getString(2), row.getString(3), row.getString(4), new KeptEvent(row.getString(5)));
    }

    private static boolean has(KeptEvent event, String count) {
        return event.isWhole() && event.get(count) instanceof Number number && number.longValue() > 0;
    }

    private static List<Kept> withDeliveries(Connection connection, List<Row> found) throws SQLException {
        Map<Long, String> ids = new LinkedHashMap<>();
        found.forEach(row -> ids.put(row.number, row.id));
        Map<Long, List<EventDelivery>> deliveries = EventDelivery.of(connection, ids);
        return found.stream().map(row -> row.with(deliveries.get(row.number))).toList();
    }
}
