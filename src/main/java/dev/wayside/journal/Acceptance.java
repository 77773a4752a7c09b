package dev.wayside.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What changes in the journal when a sink has accepted a batch, except for its rejections.
 *
 * @param connection in a transaction
 * @param batch its events may have been dropped by the caps meanwhile, so that only the batch still has them
 */
record Acceptance(Connection connection, Batch batch) {
    /** A sink has at most one dead letter for an event. */
    private static final String FORGET_LETTER = "delete from dead_letter where sink = ? and event_id = ?";

    private static final String ADD_LETTER =
            """
            insert into dead_letter (sink, event_id, reason, time, json)
            values (?, ?, ?, strftime('%Y-%m-%dT%H:%M:%fZ'), ?)""";
    private static final String KEEP_LETTER =
            "update dead_letter set reason = ?, time = strftime('%Y-%m-%dT%H:%M:%fZ'), retry = 0 where id = ?";

    /** If the caps dropped events while they were in flight, they have counted them, but the sink has them. */
    private static final String MOVE_CURSOR =
            """
            update cursor set
                dropped = max(0, dropped - (select count(*) from json_each(?1) where value <= last_id)),
                last_id = max(last_id, ?2)
            where sink = ?3""";

    /** While the batch was in flight, the caps may have dropped its first events and subtracted them already. */
    private static final String MOVE_REPLAY =
            """
            update replay set
                events = events - (select count(*) from json_each(?1) where value > replay.done),
                done = max(done, ?2)
            where id = ?3""";

    /** The last event before those that the replay and the sink's own events cover without a gap. */
    private static final String BEFORE_MEANT =
            """
            select coalesce((
                select event.id from event
                where event.id <= cursor.first_id
                    and not coalesce(strftime('%Y-%m-%dT%H:%M:%fZ', event.time) >= replay.since
                        and strftime('%Y-%m-%dT%H:%M:%fZ', event.time) < replay.until, 0)
                order by event.id desc limit 1), 0)
            from replay join cursor using (sink) where replay.id = ? and cursor.first_id <= ?""";

    /**
     * Where the events begin that the sink was meant to get, once this batch of a replay is accepted. The replay has then
     * delivered all events of its range up to the end of the batch. They count as meant only if no other event is
     * between them and those that the sink had anyway.
     *
     * @param connection for reading, because this may search many events
     * @return for {@link #record}: the last event before them
     */
    static long firstMeant(Connection connection, Batch batch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEFORE_MEANT)) {
            statement.setLong(1, batch.replay());
            statement.setLong(2, last(batch));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : Long.MAX_VALUE;
            }
        }
    }

    /**
     * Makes the changes.
     *
     * @param firstMeant from {@link #firstMeant}; has no effect if it is higher than the sink's own
     */
    void record(long firstMeant) throws SQLException {
        switch (batch.kind()) {
            case NEW -> {
                addLetters();
                moveCursor();
            }
            case REPLAY -> {
                forgetAccepted();
                addLetters();
                moveReplay();
                lowerFirst(firstMeant);
            }
            case RETRY -> takeLetters();
        }
    }

    private void moveCursor() throws SQLException {
        try (PreparedStatement move = connection.prepareStatement(MOVE_CURSOR)) {
            move.setString(1, numbers());
            move.setLong(2, last(batch));
            move.setString(3, batch.sink());
            move.executeUpdate();
        }
    }

    /** A replay ends when the next read finds nothing: searching the rest of its range here would delay frames. */
    private void moveReplay() throws SQLException {
        try (PreparedStatement move = connection.prepareStatement(MOVE_REPLAY)) {
            move.setString(1, numbers());
            move.setLong(2, last(batch));
            move.setLong(3, batch.replay());
            move.executeUpdate();
        }
    }

    private void lowerFirst(long firstMeant) throws SQLException {
        try (PreparedStatement lower =
                connection.prepareStatement("update cursor set first_id = min(first_id, ?) where sink = ?")) {
            lower.setLong(1, firstMeant);
            lower.setString(2, batch.sink());
            lower.executeUpdate();
        }
    }

    /** The sink has now accepted what it refused before. */
    private void forgetAccepted() throws SQLException {
        Map<Long, String> rejected = batch.rejectedRows();
        List<String> accepted = batch.rows().stream()
                .filter(row -> !rejected.containsKey(row.number()))
                .map(Batch.Row::eventId)
                .toList();
        try (PreparedStatement forget = connection.prepareStatement(
                "delete from dead_letter where sink = ? and event_id in (select value from json_each(?))")) {
            forget.setString(1, batch.sink());
            forget.setString(2, DeadLetters.json(accepted));
            forget.executeUpdate();
        }
    }

    private void addLetters() throws SQLException {
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
                    forget.setString(2, row.eventId());
                    forget.executeUpdate();
                    add.setString(1, batch.sink());
                    add.setString(2, row.eventId());
                    add.setString(3, reason);
                    add.setString(4, row.event().json());
                    add.executeUpdate();
                }
            }
        }
    }

    /** Deletes what the sink accepted; what it refused again keeps its place and gets the new reason. */
    private void takeLetters() throws SQLException {
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

    private String numbers() {
        return batch.rows().stream()
                .map(row -> String.valueOf(row.number()))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
