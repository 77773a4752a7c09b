package dev.wayside.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** Sinks to be registered, remembered until the file can be written. Thread-safe. */
final class Registrations {
    private final DataSource writer;
    /** Those that deliver to each sink: a route may start to deliver before the one that it replaces is removed. */
    private final Map<String, Set<Object>> routes = new HashMap<>();

    private final Map<String, String> startOfSink = new LinkedHashMap<>();
    private final Map<String, Long> removedAt = new LinkedHashMap<>();
    private boolean complete;

    Registrations(DataSource writer) {
        this.writer = writer;
    }

    /** See {@link Journal#register}; takes effect with {@link #write()}. */
    synchronized void add(String sink, String start, Object route) {
        routes.computeIfAbsent(sink, name -> new HashSet<>()).add(route);
        removedAt.remove(sink);
        startOfSink.put(sink, start);
    }

    /** See {@link Journal#registered()}; takes effect with {@link #write()}. */
    synchronized void complete() {
        complete = true;
    }

    /**
     * One route fewer reads for the sink. If it was the last, this takes effect with {@link #switchOff}, unless the sink is
     * added again before. Its cursor stays.
     *
     * @param nanoTime when its route was removed, by {@link System#nanoTime()}
     */
    synchronized void leave(String sink, Object route, long nanoTime) {
        Set<Object> others = routes.getOrDefault(sink, new HashSet<>());
        others.remove(route);
        if (others.isEmpty()) {
            routes.remove(sink);
            startOfSink.remove(sink);
            removedAt.put(sink, nanoTime);
        }
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
        boolean registered = writeNew();
        if (complete) {
            switchOffOthers();
            complete = false;
        }
        return registered;
    }

    private boolean writeNew() throws SQLException {
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

    /** The sinks of an earlier run that no route reads for in this one. */
    private void switchOffOthers() throws SQLException {
        Set<String> known = new HashSet<>(routes.keySet());
        known.addAll(removedAt.keySet());
        try (Connection connection = writer.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "update cursor set active = 0 where sink not in (select value from json_each(?))")) {
            statement.setString(1, DeadLetters.json(List.copyOf(known)));
            statement.executeUpdate();
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
