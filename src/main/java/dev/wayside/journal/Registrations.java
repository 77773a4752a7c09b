package dev.wayside.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Sinks to be registered, remembered until the file can be written. Thread-safe. */
final class Registrations {
    private final DataSource writer;
    private final Map<String, String> startOfSink = new LinkedHashMap<>();
    private final Map<String, Long> removedAt = new LinkedHashMap<>();

    Registrations(DataSource writer) {
        this.writer = writer;
    }

    /** See {@link Journal#register}; takes effect with {@link #write()}. */
    synchronized void add(String sink, String start) {
        removedAt.remove(sink);
        startOfSink.put(sink, start);
    }

    /**
     * No route reads for the sink any more; its cursor stays. Takes effect with {@link #switchOff}, unless the sink is added
     * again before.
     *
     * @param nanoTime when its route was removed, by {@link System#nanoTime()}
     */
    synchronized void leave(String sink, long nanoTime) {
        startOfSink.remove(sink);
        removedAt.put(sink, nanoTime);
    }

    /** Switches off the sinks whose routes were removed at this time or before. */
    synchronized void switchOff(long latest) throws SQLException {
        List<String> gone = removedAt.entrySet().stream()
                .filter(sink -> sink.getValue() - latest <= 0)
                .map(Map.Entry::getKey)
                .toList();
        if (gone.isEmpty()) {
            return;
        }
        try (Connection connection = writer.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("update cursor set active = 0 where sink = ?")) {
            for (String sink : gone) {
                statement.setString(1, sink);
                statement.executeUpdate();
                removedAt.remove(sink);
            }
        }
    }

    /** Registers all sinks that are not registered yet; false if there are none. */
    synchronized boolean write() throws SQLException {
        if (startOfSink.isEmpty()) {
            return false;
        }
        try (Connection connection = writer.getConnection()) {
            Iterator<Map.Entry<String, String>> sinks = startOfSink.entrySet().iterator();
            while (sinks.hasNext()) {
                Map.Entry<String, String> sink = sinks.next();
                write(connection, sink.getKey(), sink.getValue());
                sinks.remove();
            }
            return true;
        }
    }

    /**
     * If damage has destroyed the cursors, it is unknown what a sink has received. It then receives all events again,
     * so that it misses none.
     */
    private static void write(Connection connection, String sink, String start) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                """
                insert into cursor (sink, first_id, last_id)
                select ?1, first, first from (
                    select case when ?2 = 'oldest' or exists (select 1 from state where key = 'cursors_lost') then 0
                    else coalesce((select seq from sqlite_sequence where name = 'event'), 0) end as first)
                where true
                on conflict (sink) do update set active = 1, paused = 0, last_error = null""")) {
            statement.setString(1, sink);
            statement.setString(2, start);
            statement.executeUpdate();
        }
    }
}
