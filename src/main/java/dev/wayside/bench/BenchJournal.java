package dev.wayside.bench;

import dev.wayside.journal.Journal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** The journal that is measured: inserts copies of the newest event directly, and reads the backlog. */
final class BenchJournal implements AutoCloseable {
    private static final int CHUNK = 10_000;

    private final Journal journal;
    private final Connection connection;

    /**
     * Connects to the file as another process does.
     *
     * @param journal of the running application
     * @param file its file
     */
    BenchJournal(Journal journal, Path file) throws SQLException {
        this.journal = journal;
        this.connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri() + "?busy_timeout=5000");
    }

    /**
     * Inserts events without the pipeline: copies of the newest one with their own ids, numbers and times.
     *
     * @return the size of the JSON of each, in bytes
     */
    long add(int events) throws SQLException {
        String run = UUID.randomUUID().toString();
        long newest = number("select max(id) from event");
        for (int first = 0; first < events; first += CHUNK) {
            try (PreparedStatement insert = connection.prepareStatement(
                    """
                            with newest as (select * from event where id = ?),
                            number as (select value as i from json_each(?)),
                            copy as (
                                select camera, accepted, i, event_id || '-' || ? || '-' || i as copy_id,
                                    strftime('%Y-%m-%dT%H:%M:%fZ', julianday(time) - 1 + i / 86400000.0) as copy_time,
                                    json
                                from newest, number)
                            insert into event (event_id, camera, time, accepted, size, json)
                            select copy_id, camera, copy_time, accepted, octet_length(json),
                                json_set(json, '$.id', copy_id, '$.time', copy_time, '$.sequence', i)
                            from copy""")) {
                insert.setLong(1, newest);
                insert.setString(2, numbers(first, Math.min(events, first + CHUNK)));
                insert.setString(3, run);
                insert.executeUpdate();
            }
        }
        return number("select size from event order by id desc limit 1");
    }

    private static String numbers(int from, int to) {
        StringBuilder json = new StringBuilder("[").append(from);
        for (int i = from + 1; i < to; i++) {
            json.append(',').append(i);
        }
        return json.append(']').toString();
    }

    /** Marks all events as delivered. */
    void skipBacklog() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("update cursor set last_id = (select coalesce(max(id), 0) from event)");
        }
    }

    /** The number of events that a sink has not received yet. */
    long backlog(String sink) {
        return journal.sinks().status().stream()
                .filter(each -> each.get("name").equals(sink))
                .mapToLong(each -> (long) each.get("backlog"))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private long number(String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
