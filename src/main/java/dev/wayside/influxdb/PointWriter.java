package dev.wayside.influxdb;

import dev.wayside.failure.Causes;
import dev.wayside.store.StoreUnavailableException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.influxdb.InfluxDBException;
import org.influxdb.dto.BatchPoints;
import org.influxdb.dto.Point;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recovers from a failed write. It creates a missing database if that is allowed. It finds refused points by bisection,
 * because InfluxDB does not say which ones they are. Accepted points are overwritten with the same values, so there are
 * no duplicates.
 */
public final class PointWriter {
    private static final Logger log = LoggerFactory.getLogger(PointWriter.class);

    private static final Pattern DROPPED = Pattern.compile(" dropped=(\\d{1,9})$");

    private final InfluxConnection connection;
    private final String database;
    private final String retentionPolicy;
    private String retention = "INF";
    private boolean create = true;

    /**
     * Writes into one database.
     *
     * @param connection the connection to the server
     * @param database the database's name
     * @param retentionPolicy the policy's name; {@code autogen} is InfluxDB's own
     */
    public PointWriter(InfluxConnection connection, String database, String retentionPolicy) {
        this.connection = connection;
        this.database = database;
        this.retentionPolicy = retentionPolicy;
    }

    /**
     * How long a retention policy that is created here keeps points, such as {@code 30d}; {@code INF} means forever.
     */
    public void setRetention(String duration) {
        retention = duration;
    }

    /** Whether a missing database or retention policy is created. */
    public void setCreate(boolean allowed) {
        create = allowed;
    }

    /** Combines points to one write to this database. */
    public BatchPoints batch(List<Point> points) {
        return BatchPoints.database(database)
                .retentionPolicy(retentionPolicy)
                .precision(TimeUnit.NANOSECONDS)
                .points(points)
                .build();
    }

    /**
     * Continues after a failed write until each point is written or refused.
     *
     * @param points all points of that write
     * @param failure the failure of that write
     * @return the server's error message for each refused point, by its index in the list
     * @throws IOException if the server cannot accept points now
     */
    public Map<Integer, String> recover(List<Point> points, Throwable failure) throws IOException {
        Map<Integer, String> refused = new LinkedHashMap<>();
        IOException reason = reasonOf(failure);
        if (reason instanceof DatabaseMissingException) {
            createDatabase(reason);
            write(points, 0, refused);
        } else if (reason instanceof PointsRefusedException) {
            divide(points, 0, refused, reason.getMessage());
        } else {
            throw reason;
        }
        return refused;
    }

    private void createDatabase(IOException reason) throws StoreUnavailableException {
        if (!create) {
            throw connection
                    .access()
                    .unavailable("says " + reason.getMessage() + ". Create it, or allow Wayside to create it.", reason);
        }
        connection.create(database, retentionPolicy, retention);
        log.info("InfluxDB: created the database {} with the retention policy {}", database, retentionPolicy);
    }

    private void write(List<Point> points, int first, Map<Integer, String> refused) throws IOException {
        try {
            InfluxConnection.clientOf(connection).write(batch(points));
        } catch (InfluxDBException e) {
            IOException reason = reasonOf(e);
            if (!(reason instanceof PointsRefusedException)) {
                throw reason;
            }
            divide(points, first, refused, reason.getMessage());
        }
    }

    private void divide(List<Point> points, int first, Map<Integer, String> refused, String words) throws IOException {
        if (points.size() == 1 || dropped(words) == points.size()) {
            for (int i = 0; i < points.size(); i++) {
                refused.put(first + i, words);
            }
            return;
        }
        int half = points.size() / 2;
        write(points.subList(0, half), first, refused);
        write(points.subList(half, points.size()), first + half, refused);
    }

    /** How many points of a write InfluxDB reports as dropped; -1 if it does not say. */
    private static int dropped(String words) {
        Matcher count = DROPPED.matcher(words);
        return count.find() ? Integer.parseInt(count.group(1)) : -1;
    }

    private IOException reasonOf(Throwable failure) {
        return Causes.first(
                        failure,
                        cause -> cause instanceof PointsRefusedException
                                || cause instanceof DatabaseMissingException
                                || cause instanceof StoreUnavailableException)
                .map(IOException.class::cast)
                .orElseGet(() -> connection.access().unreachable(failure));
    }
}
