package dev.wayside.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;

/**
 * Both ends of a delivery: takes a sink's next batch, and commits it once the sink has accepted it. Thread-safe. A
 * thread that delivers to a sink must hold the sink's {@link #permit}.
 */
public final class Deliveries {
    static final String NEW =
            """
            select id, event_id, json, json_valid(json) and json like '{%' from event
            where id > (select last_id from cursor where sink = ?) order by id limit ?""";

    static final String REPLAYED =
            """
            select id, event_id, json, json_valid(json) and json like '{%' from replayable
            where replay = ? order by id limit ?""";

    static final String RETRIED =
            """
            select id, event_id, json, json_valid(json) and json like '{%' from dead_letter
            where sink = ? and retry = 1 order by id limit ?""";

    private final DataSource reader;
    private final DataSource writer;
    private final Map<String, Semaphore> permits = new ConcurrentHashMap<>();

    Deliveries(DataSource reader, DataSource writer) {
        this.reader = reader;
        this.writer = writer;
    }

    /** The sink's only permit to deliver, so that two threads never deliver to the same sink. */
    public Semaphore permit(String sink) {
        return permits.computeIfAbsent(sink, name -> new Semaphore(1, true));
    }

    /**
     * The next batch for a sink: new events first; if there are none, the rest of its oldest replay; then the dead
     * letters queued for a retry.
     *
     * @param most the maximum number of events in the batch
     * @param repeats whether the batch may be a replay or a retry
     * @return empty if there is nothing to deliver or the sink is not registered yet
     */
    public Optional<Batch> next(String sink, int most, boolean repeats) throws SQLException {
        try (Connection connection = reader.getConnection()) {
            List<Batch.Row> rows = rows(connection, NEW, sink, most);
            if (!rows.isEmpty() || !repeats) {
                return batch(sink, Batch.Kind.NEW, 0, rows);
            }
            Optional<Long> replay = oldestReplay(connection, sink);
            while (replay.isPresent()) {
                rows = rows(connection, REPLAYED, replay.get(), most);
                if (!rows.isEmpty()) {
                    return batch(sink, Batch.Kind.REPLAY, replay.get(), rows);
                }
                end(replay.get());
                replay = oldestReplay(connection, sink);
            }
            return batch(sink, Batch.Kind.RETRY, 0, rows(connection, RETRIED, sink, most));
        }
    }

    /** Its events are delivered, or were dropped. */
    private void end(long replay) throws SQLException {
        try (Connection connection = writer.getConnection();
                PreparedStatement statement = connection.prepareStatement("delete from replay where id = ?")) {
            statement.setLong(1, replay);
            statement.executeUpdate();
        }
    }

    private static Optional<Batch> batch(String sink, Batch.Kind kind, long replay, List<Batch.Row> rows) {
        return rows.isEmpty() ? Optional.empty() : Optional.of(new Batch(sink, kind, replay, rows));
    }

    private static Optional<Long> oldestReplay(Connection connection, String sink) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select min(id) from replay where sink = ?")) {
            statement.setString(1, sink);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getObject(1) != null ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        }
    }

    private static List<Batch.Row> rows(Connection connection, String query, Object of, int most) throws SQLException {
        List<Batch.Row> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setObject(1, of);
            statement.setInt(2, most);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(new Batch.Row(
                            row.getLong(1), row.getString(2), new KeptEvent(row.getString(3)), row.getBoolean(4)));
                }
            }
        }
        return rows;
    }

    /**
     * Records that a sink has accepted a batch, except for its rejections. The cursor and the dead letters change in
     * one transaction.
     */
    public void commit(Batch batch) throws SQLException {
        long firstMeant = batch.kind() == Batch.Kind.REPLAY ? firstMeant(batch) : Long.MAX_VALUE;
        try (Connection connection = writer.getConnection()) {
            Transaction.in(connection, () -> new Acceptance(connection, batch).record(firstMeant));
        }
    }

    /** Searched without the connection for writing, for which frames wait. */
    private long firstMeant(Batch batch) throws SQLException {
        try (Connection connection = reader.getConnection()) {
            return Acceptance.firstMeant(connection, batch);
        }
    }
}
