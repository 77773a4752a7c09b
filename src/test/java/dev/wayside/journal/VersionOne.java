package dev.wayside.journal;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Map;

/** Makes a journal with schema version 1. */
final class VersionOne {
    private VersionOne() {}

    /** The journal has some events, a cursor of the sink {@code a} at one of them, and a dead letter for that one. */
    static void make(Path file, int events, int cursor) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            Sql.execute(connection, "pragma auto_vacuum = incremental");
            Sql.execute(connection, "pragma journal_mode = wal");
            new JournalSchema(List.of(script())).migrate(connection);
            connection.setAutoCommit(false);
            insertEvents(connection, events);
            Sql.execute(connection, "insert into cursor (sink, last_id) values ('a', " + cursor + ")");
            Sql.execute(
                    connection,
                    "insert into dead_letter (sink, event_id, words, time, json) select 'a', event_id, 'no',"
                            + " '2026-11-24T10:00:00.000Z', json from event where id = " + cursor);
            connection.commit();
        }
    }

    private static void insertEvents(Connection connection, int events) throws Exception {
        try (PreparedStatement insert = connection.prepareStatement(
                """
                insert into event (event_id, camera, time, accepted, size, json)
                values (?1 ->> 'id', ?1 ->> 'camera', ?1 ->> 'time', 1, octet_length(?1), ?1)""")) {
            for (int i = 1; i <= events; i++) {
                Map<String, Object> event = JournalFlow.event(i);
                insert.setString(1, new ObjectMapper().writeValueAsString(event));
                insert.executeUpdate();
            }
        }
    }

    private static String script() throws Exception {
        try (InputStream in = VersionOne.class.getResourceAsStream("/journal/1.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
