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
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Both ends of a delivery: takes a sink's next batch, and commits it once the sink has accepted it. Thread-safe. A
 * thread that delivers to a sink must hold the sink's {@link #permit}.
 */
public final class Deliveries {
    static final String NEW =
            """
            select id, json from event
            where id > (select last_id from cursor where sink = ?) order by id limit ?""";

    static final String REPLAYED = "select id, json from replayable where replay = ? order by id limit ?";

    static final String RETRIED = "select id, json from dead_letter where sink = ? and retry = 1 order by id limit ?";

    /** A sink has at most one dead letter for an event. */
    private static final String FORGET_LETTER =
            "delete from dead_letter where sink = ? and event_id = (select event_id from event where id = ?)";

    private static final String ADD_LETTER =
            """
            insert into dead_letter (sink, event_id, reason, time, json)
            select ?, event_id, ?, strftime('%Y-%m-%dT%H:%M:%fZ'), json from event where id = ?""";
    private static final String KEEP_LETTER =
            "update dead_letter set reason = ?, time = strftime('%Y-%m-%dT%H:%M:%fZ'), retry = 0 where id = ?";

    /** While the batch was in flight, the caps may have dropped its first events and subtracted them already. */
    private static final String MOVE_REPLAY =
            """
            update replay set
                events = events - (select count(*) from json_each(?1) where value > replay.done),
                done = max(done, ?2)
            where id = ?3""";

    private static final String END_REPLAY =
            "delete from replay where id = ?1 and not exists (select 1 from replayable where replay = ?1)";

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
     * @param validate whether to check for damaged events, see {@link Batch}
     * @return empty if there is nothing to deliver or the sink is not registered yet
     */
    public Optional<Batch> next(String sink, int most, boolean repeats, boolean validate) throws SQLException {
        try (Connection connection = reader.getConnection()) {
            List<Batch.Row> rows = rows(connection, NEW, sink, most);
            if (!rows.isEmpty() || !repeats) {
                return batch(sink, Batch.Kind.NEW, 0, rows, validate);
            }
            Optional<Long> replay = oldestReplay(connection, sink);
            if (replay.isPresent()) {
                rows = rows(connection, REPLAYED, replay.get(), most);
                return batch(sink, Batch.Kind.REPLAY, replay.get(), rows, validate);
            }
            return batch(sink, Batch.Kind.RETRY, 0, rows(connection, RETRIED, sink, most), validate);
        }
    }

    private static Optional<Batch> batch(
            String sink, Batch.Kind kind, long replay, List<Batch.Row> rows, boolean validate) {
        return rows.isEmpty() ? Optional.empty() : Optional.of(new Batch(sink, kind, replay, rows, validate));
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
                    rows.add(new Batch.Row(row.getLong(1), new KeptEvent(row.getString(2))));
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
        try (Connection connection = writer.getConnection()) {
            Transaction.in(connection, () -> {
                switch (batch.kind()) {
                    case NEW -> {
                        addLetters(connection, batch);
                        moveCursor(connection, batch);
                    }
                    case REPLAY -> {
                        addLetters(connection, batch);
                        moveReplay(connection, batch);
                    }
                    case RETRY -> takeLetters(connection, batch);
                }
            });
        }
    }

    private static void moveCursor(Connection connection, Batch batch) throws SQLException {
        try (PreparedStatement move =
                connection.prepareStatement("update cursor set last_id = max(last_id, ?) where sink = ?")) {
            move.setLong(1, last(batch));
            move.setString(2, batch.sink());
            move.executeUpdate();
        }
    }

    private static void moveReplay(Connection connection, Batch batch) throws SQLException {
        try (PreparedStatement move = connection.prepareStatement(MOVE_REPLAY);
                PreparedStatement end = connection.prepareStatement(END_REPLAY)) {
            move.setString(1, numbers(batch));
            move.setLong(2, last(batch));
            move.setLong(3, batch.replay());
            move.executeUpdate();
            end.setLong(1, batch.replay());
            end.executeUpdate();
        }
    }

    /**
     * Finds each row by its id, which is fast: a sink may reject whole batches, and frames wait for this transaction.
     */
    private static void addLetters(Connection connection, Batch batch) throws SQLException {
        Map<Long, String> rejected = batch.rejectedRows();
        if (rejected.isEmpty()) {
            return;
        }
        try (PreparedStatement forget = connection.prepareStatement(FORGET_LETTER);
                PreparedStatement add = connection.prepareStatement(ADD_LETTER)) {
            for (Batch.Row row : batch.rows()) {
                String reason = rejected.get(row.number());
                if (reason != null) {
                    forget.setString(1, batch.sink());
                    forget.setLong(2, row.number());
                    forget.executeUpdate();
                    add.setString(1, batch.sink());
                    add.setString(2, reason);
                    add.setLong(3, row.number());
                    add.executeUpdate();
                }
            }
        }
    }

    /** Deletes what the sink accepted; what it refused again keeps its place and gets the new reason. */
    private static void takeLetters(Connection connection, Batch batch) throws SQLException {
        Map<Long, String> rejected = batch.rejectedRows();
        try (PreparedStatement keep = connection.prepareStatement(KEEP_LETTER);
                PreparedStatement take = connection.prepareStatement("delete from dead_letter where id = ?")) {
            for (Batch.Row row : batch.rows()) {
                String reason = rejected.get(row.number());
                if (reason == null) {
                    take.setLong(1, row.number());
                    take.executeUpdate();
                } else {
                    keep.setString(1, reason);
                    keep.setLong(2, row.number());
                    keep.executeUpdate();
                }
            }
        }
    }

    private static long last(Batch batch) {
        return batch.rows().get(batch.rows().size() - 1).number();
    }

    private static String numbers(Batch batch) {
        return batch.rows().stream()
                .map(row -> String.valueOf(row.number()))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
