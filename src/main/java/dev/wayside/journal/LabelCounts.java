package dev.wayside.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * How many objects of each label the events had, summed by minute and by hour. The sums are small and outlive the events: a
 * minute's sum is kept for a day, an hour's for a month of use.
 *
 * <p>New events are added in the background, never while one is accepted: the journal remembers up to which event it has
 * counted, and changes this in the same transaction as the sums. So each event counts exactly once, also after a crash.
 * Thread-safe.
 */
public final class LabelCounts {
    /** The key of a count in a flat event without the label, if the settings do not say otherwise. */
    static final String SUFFIX = "_count";

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    /** How long the sum of a minute is kept; afterwards only that of its hour is. */
    public static final Duration MINUTES_KEPT = Duration.ofHours(25);

    private static final Duration HOURS_KEPT = Duration.ofDays(32);
    private static final int CHUNK = 500;
    /** In one run, so that a journal with many uncounted events is counted bit by bit. */
    private static final int MOST_CHUNKS = 10;

    /** The count of a user's own event may be any number; without limits, SQLite's sum would fail. */
    private static final String SUM =
            """
            select bucket.value, unixepoch(event.time) / bucket.value * bucket.value, coalesce(camera, ''),
                substr(entry.key, 1, length(entry.key) - length(?1)), count(*),
                sum(max(0, min(entry.value, 1000000))), max(max(0, min(entry.value, 1000000)))
            from event
                cross join json_each(iif(json_valid(event.json), event.json, '{}')) entry
                cross join json_each('[60, 3600]') bucket
            where event.id > ?2 and event.id <= ?3 and unixepoch(event.time) is not null
                and entry.type = 'integer' and length(entry.key) > length(?1)
                and substr(entry.key, -length(?1)) = ?1
            group by 1, 2, 3, 4""";

    private static final String ADD =
            """
            insert into label_count (seconds, start, camera, label, frames, total, most, touched)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do update set frames = frames + excluded.frames, total = total + excluded.total,
                most = max(most, excluded.most), touched = excluded.touched""";

    private static final String READ =
            """
            select start / ?1 * ?1, camera, label, sum(frames), sum(total), max(most) from label_count
            where seconds = ?2 and start >= ?3 and start < ?4
            group by 1, 2, 3 order by 1, 2, 3""";

    private final DataSource reader;
    private final DataSource writer;
    private final String suffix;

    /**
     * Counts nothing yet.
     *
     * @param suffix the end of the key of a count in a flat event, such as {@code _count}; what precedes it is the label
     */
    LabelCounts(DataSource reader, DataSource writer, String suffix) {
        this.reader = reader;
        this.writer = writer;
        this.suffix = suffix;
    }

    /**
     * What one camera saw of one label in a span of time.
     *
     * @param start the beginning of the span
     * @param frames the number of analysed frames
     * @param total the sum of the counts of these frames; divided by {@code frames}, the average number in view
     * @param most the largest number in view at a time
     */
    public record Bucket(Instant start, String camera, String label, long frames, long total, long most) {}

    private record Sum(long seconds, long start, String camera, String label, long frames, long total, long most) {}

    /** The end of the key of a count in a flat event. */
    public String suffix() {
        return suffix;
    }

    /**
     * Reads the sums of a range of time, in the order of time, camera and label. Its cost depends on the range, not on the
     * number of events.
     *
     * @param from inclusive
     * @param to exclusive
     * @param span the length of each bucket: whole minutes, or whole hours; a span without events has no bucket
     */
    public List<Bucket> read(Instant from, Instant to, Duration span) throws SQLException {
        List<Bucket> buckets = new ArrayList<>();
        try (Connection connection = reader.getConnection();
                PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setLong(1, span.toSeconds());
            statement.setLong(2, (span.compareTo(HOUR) < 0 ? MINUTE : HOUR).toSeconds());
            statement.setLong(3, from.getEpochSecond());
            statement.setLong(4, to.getEpochSecond());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    buckets.add(new Bucket(
                            Instant.ofEpochSecond(row.getLong(1)),
                            row.getString(2),
                            row.getString(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getLong(6)));
                }
            }
        }
        return buckets;
    }

    /** Adds events that are not counted yet, the oldest first, up to a limit. */
    void countNew(JournalClock clock) throws SQLException {
        for (int chunk = 0; chunk < MOST_CHUNKS && countSome(clock, Long.MAX_VALUE); chunk++) {}
    }

    /** Adds all events up to this id; to be called before these are dropped. */
    void countUpTo(long last, JournalClock clock) throws SQLException {
        while (countSome(clock, last)) {}
    }

    /** Deletes the sums that are too old by the journal's clock. */
    static void dropOld(Connection connection, long clock) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from label_count where seconds = ? and touched < ?")) {
            delete.setLong(1, MINUTE.toSeconds());
            delete.setLong(2, clock - MINUTES_KEPT.toMillis());
            delete.executeUpdate();
            delete.setLong(1, HOUR.toSeconds());
            delete.setLong(2, clock - HOURS_KEPT.toMillis());
            delete.executeUpdate();
        }
    }

    /** Parses the events without holding the connection for writing, which the next event needs. */
    private synchronized boolean countSome(JournalClock clock, long limit) throws SQLException {
        long last;
        List<Sum> sums;
        try (Connection connection = reader.getConnection()) {
            long counted = counted(connection);
            last = last(connection, counted, limit);
            if (last == 0) {
                return false;
            }
            sums = sum(connection, counted, last);
        }
        try (Connection connection = writer.getConnection()) {
            Transaction.in(connection, () -> add(connection, sums, last, clock.millis()));
        }
        return true;
    }

    private static long counted(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("select value from state where key = 'counted'");
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private static long last(Connection connection, long counted, long limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select max(id) from (select id from event where id > ? and id <= ? order by id limit ?)")) {
            statement.setLong(1, counted);
            statement.setLong(2, limit);
            statement.setInt(3, CHUNK);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    private List<Sum> sum(Connection connection, long counted, long last) throws SQLException {
        List<Sum> sums = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SUM)) {
            statement.setString(1, suffix);
            statement.setLong(2, counted);
            statement.setLong(3, last);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    sums.add(new Sum(
                            row.getLong(1),
                            row.getLong(2),
                            row.getString(3),
                            row.getString(4),
                            row.getLong(5),
                            row.getLong(6),
                            row.getLong(7)));
                }
            }
        }
        return sums;
    }

    private static void add(Connection connection, List<Sum> sums, long last, long clock) throws SQLException {
        try (PreparedStatement count =
                        connection.prepareStatement("insert or replace into state values ('counted', ?)");
                PreparedStatement add = connection.prepareStatement(ADD)) {
            count.setLong(1, last);
            count.executeUpdate();
            for (Sum sum : sums) {
                add.setLong(1, sum.seconds);
                add.setLong(2, sum.start);
                add.setString(3, sum.camera);
                add.setString(4, sum.label);
                add.setLong(5, sum.frames);
                add.setLong(6, sum.total);
                add.setLong(7, sum.most);
                add.setLong(8, clock);
                add.executeUpdate();
            }
        }
    }
}
