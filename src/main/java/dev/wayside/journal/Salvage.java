package dev.wayside.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.status.Progress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Copies what can still be read from a damaged journal: events from the beginning up to the damage, from the end back
 * to it, and one by one in between. Since SQLite has no checksums, an event is copied only if its JSON is complete and
 * has the same id as its row.
 */
final class Salvage {
    /** Probing rows one by one is slow, so no more than this many are probed. */
    private static final long MOST_PROBES = 100_000;

    private static final String COLUMNS = "select id, event_id, camera, time, accepted, json from event where ";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Column names of older schema versions, by the current names. */
    private static final Map<String, String> FORMER_NAMES = Map.of("reason", "words");

    /** Tables that a file with an older schema lacks. */
    private static final Set<String> NEWER_TABLES = Set.of("replay", "label_count");

    private final Connection damaged;
    private final Connection fresh;
    private final List<String> unreadable = new ArrayList<>();
    private long salvaged;
    private Progress progress;
    private long total;

    /** Copies nothing until {@link #run}.
     *
     * @param damaged a connection to the old file
     * @param fresh a connection to an empty journal with the newest schema
     */
    Salvage(Connection damaged, Connection fresh) {
        this.damaged = damaged;
        this.fresh = fresh;
    }

    /** Copies all that can be read.
     *
     * @return what was saved and what was lost, as a clause for the log
     */
    String run() throws SQLException {
        try (Statement statement = damaged.createStatement()) {
            // SQLite's recovery mode: without it, SQLite reads nothing from a truncated file.
            statement.execute("pragma writable_schema = on");
        }
        fresh.setAutoCommit(false);
        progress = new Progress("journal: saving the events of the damaged file", "events", 0, new LoggedProgress());
        copyEvents();
        progress.end();
        copyTable("cursor", "sink", "first_id", "last_id", "active", "dropped", "last_error");
        copyTable("dead_letter", "id", "sink", "event_id", "reason", "time", "json", "retry");
        copyTable("state", "key", "value");
        copyTable("replay", "id", "sink", "since", "until", "done", "last", "events");
        copyTable("label_count", "seconds", "start", "camera", "label", "frames", "total", "most", "touched");
        noteLostCursors();
        long newest = continueNumbering();
        recountReplays();
        fresh.commit();
        fresh.setAutoCommit(true);
        String lost = newest == 0 ? "the number of lost events is unknown" : (lostOf(newest) + " events are lost");
        return salvaged + " events were saved, " + lost
                + (unreadable.isEmpty() ? "" : "; these tables are unreadable, too: " + String.join(", ", unreadable));
    }

    private void copyEvents() throws SQLException {
        Span forward = copyWhile(COLUMNS + "id > 0 order by id");
        if (forward.complete) {
            return;
        }
        Span backward = copyWhile(COLUMNS + "id > " + forward.last + " order by id desc");
        long end = backward.last > 0 ? backward.last : newestNumber() + 1;
        for (long id = forward.last + 1; id < end && id <= forward.last + MOST_PROBES; id++) {
            copyWhile(COLUMNS + "id = " + id);
        }
    }

    /** How far a query got: the last id, and whether it ran to its end. */
    private record Span(long last, boolean complete) {}

    private Span copyWhile(String query) throws SQLException {
        long last = 0;
        try (PreparedStatement insert =
                fresh.prepareStatement("insert or ignore into event values (?, ?, ?, ?, ?, ?, ?)")) {
            try (Statement statement = damaged.createStatement();
                    ResultSet rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    last = rows.getLong(1);
                    copy(rows, insert);
                }
                return new Span(last, true);
            } catch (SQLException e) {
                requireDamage(e);
                return new Span(last, false);
            }
        }
    }

    private void copy(ResultSet row, PreparedStatement insert) throws SQLException {
        String json = row.getString(6);
        if (!isWhole(row.getString(2), json)) {
            return;
        }
        if (salvaged == 0) {
            total = newestNumber() - row.getLong(1) + 1;
        }
        insert.setLong(1, row.getLong(1));
        insert.setString(2, row.getString(2));
        insert.setString(3, row.getString(3));
        insert.setString(4, row.getString(4));
        insert.setLong(5, row.getLong(5));
        insert.setLong(6, json.getBytes(StandardCharsets.UTF_8).length);
        insert.setString(7, json);
        salvaged += insert.executeUpdate();
        progress.at(salvaged, total);
    }

    private static boolean isWhole(String id, String json) {
        try {
            return id != null
                    && json != null
                    && id.equals(JSON.readTree(json).path("id").asText());
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** A file with an older schema lacks some of the columns, and may have no replays. */
    private void copyTable(String table, String... columns) throws SQLException {
        try (Statement statement = damaged.createStatement();
                ResultSet rows = statement.executeQuery("select * from " + table)) {
            Map<String, String> shared = sharedColumns(rows, columns);
            try (PreparedStatement into = fresh.prepareStatement(insert(table, shared.keySet()))) {
                while (rows.next()) {
                    int parameter = 1;
                    for (String former : shared.values()) {
                        into.setObject(parameter++, rows.getObject(former));
                    }
                    into.executeUpdate();
                }
            }
        } catch (SQLException e) {
            requireDamage(e);
            if (!NEWER_TABLES.contains(table) || !Damage.isMissing(e)) {
                unreadable.add(table);
            }
        }
    }

    /** The columns that the damaged file has as well, with their names in it. */
    private static Map<String, String> sharedColumns(ResultSet rows, String... columns) throws SQLException {
        Set<String> there = new HashSet<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            there.add(rows.getMetaData().getColumnName(i));
        }
        Map<String, String> shared = new LinkedHashMap<>();
        for (String column : columns) {
            Stream.of(column, FORMER_NAMES.getOrDefault(column, column))
                    .filter(there::contains)
                    .findFirst()
                    .ifPresent(name -> shared.put(column, name));
        }
        return shared;
    }

    private static String insert(String table, Set<String> columns) {
        return "insert or replace into " + table + " (" + String.join(", ", columns) + ") values ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
    }

    /** Sinks are then registered at the oldest event, see {@link Registrations}. */
    private void noteLostCursors() throws SQLException {
        if (unreadable.contains("cursor")) {
            try (Statement statement = fresh.createStatement()) {
                statement.executeUpdate("insert or replace into state values ('cursors_lost', 1)");
            }
        }
    }

    private void recountReplays() throws SQLException {
        try (Statement statement = fresh.createStatement()) {
            statement.executeUpdate(
                    "update replay set events = (select count(*) from replayable where replayable.replay = replay.id)");
            statement.executeUpdate("delete from replay where events = 0");
        }
    }

    /** An id that a cursor has passed must not be reused, or the sink would miss the new event. */
    private long continueNumbering() throws SQLException {
        long newest = newestNumber();
        try (Statement statement = fresh.createStatement()) {
            statement.executeUpdate("delete from sqlite_sequence where name = 'event'");
            statement.executeUpdate("insert into sqlite_sequence values ('event', max(" + newest
                    + ", (select coalesce(max(id), 0) from event), (select coalesce(max(last_id), 0) from cursor)))");
            if (unreadable.contains("state")) {
                // Not to count events twice whose sums were saved.
                statement.executeUpdate("update state set value = " + newest + " where key = 'counted'");
            }
        }
        return newest;
    }

    private long newestNumber() throws SQLException {
        try (Statement statement = damaged.createStatement();
                ResultSet row = statement.executeQuery("select seq from sqlite_sequence where name = 'event'")) {
            return row.next() ? row.getLong(1) : 0;
        } catch (SQLException e) {
            requireDamage(e);
            return 0;
        }
    }

    private long lostOf(long newest) throws SQLException {
        try (Statement statement = fresh.createStatement();
                ResultSet row = statement.executeQuery("select min(id), count(*) from event")) {
            row.next();
            return Math.max(0, newest - Math.max(1, row.getLong(1)) + 1 - row.getLong(2));
        }
    }

    /** Ignores failures caused by the damage, but not others, such as a full disk under the new file. */
    private static void requireDamage(SQLException e) throws SQLException {
        if (!Damage.is(e) && !Damage.isMissing(e)) {
            throw e;
        }
    }
}
