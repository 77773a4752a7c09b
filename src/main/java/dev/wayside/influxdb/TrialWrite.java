package dev.wayside.influxdb;

import dev.wayside.failure.Causes;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.influxdb.InfluxDBException;
import org.influxdb.dto.Point;

/**
 * Writes a point into a measurement of its own and removes that again, as proof that the sink may write. If the database
 * is still missing, it does so in another one, which it creates and drops; the sink would create its own.
 */
public final class TrialWrite {
    private static final String NAME = "wayside_doctor";
    private static final String DEFAULT_POLICY = "autogen";

    private final InfluxConnection connection;
    private final String database;
    private final String retentionPolicy;
    private boolean create = true;

    /**
     * Prepares a trial of one database.
     *
     * @param connection a started connection
     * @param database the sink's
     * @param retentionPolicy the sink's
     */
    public TrialWrite(InfluxConnection connection, String database, String retentionPolicy) {
        this.connection = connection;
        this.database = database;
        this.retentionPolicy = retentionPolicy;
    }

    /** Whether the sink may create a missing database or retention policy. */
    public void setCreate(boolean allowed) {
        create = allowed;
    }

    /**
     * Takes as long as a few requests.
     *
     * @param time of the point
     * @return what was done, as a clause
     * @throws IOException if the server does not accept the point, or does not remove it; the message says why
     */
    public String run(Instant time) throws IOException {
        try {
            write(database, retentionPolicy, time);
        } catch (DatabaseMissingException e) {
            if (!create) {
                throw connection
                        .access()
                        .unavailable("says " + e.getMessage() + ". Create it, or set influxdb.create=true.", e);
            }
            connection.create(NAME, DEFAULT_POLICY, "INF");
            write(NAME, DEFAULT_POLICY, time);
            connection.run("DROP DATABASE " + NAME, "");
            return "there is no database " + database + " yet, and this user may create it: one of another name was"
                    + " created, written to and dropped";
        }
        connection.run("DROP SERIES FROM " + NAME, database);
        return "a point was written to the database " + database + " and removed";
    }

    private void write(String to, String policy, Instant time) throws IOException {
        Point point = Point.measurement(NAME)
                .time(time.toEpochMilli(), TimeUnit.MILLISECONDS)
                .addField("test", true)
                .build();
        PointWriter writer = new PointWriter(connection, to, policy);
        try {
            InfluxConnection.clientOf(connection).write(writer.batch(List.of(point)));
        } catch (InfluxDBException e) {
            throw Causes.first(e, IOException.class)
                    .orElseGet(() -> connection.access().unreachable(e));
        }
    }
}
