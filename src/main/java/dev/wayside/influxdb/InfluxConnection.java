package dev.wayside.influxdb;

import dev.wayside.store.HttpAccess;
import dev.wayside.store.StoreUnavailableException;
import java.time.Duration;
import okhttp3.OkHttpClient;
import org.influxdb.InfluxDB;
import org.influxdb.InfluxDBFactory;
import org.influxdb.dto.Query;
import org.influxdb.dto.QueryResult;

/**
 * A connection to InfluxDB 1, with a client for Camel's influxdb component. Making it needs no server. Points are sent
 * compressed; a write fails with an {@link org.influxdb.InfluxDBIOException} whose cause says why: a
 * {@link PointsRefusedException}, a {@link DatabaseMissingException}, or a
 * {@link StoreUnavailableException}.
 */
public final class InfluxConnection implements AutoCloseable {
    /** Never connected to: {@link InfluxTransport} puts the true one in its place. */
    private static final String NOWHERE = "http://127.0.0.1/";

    private final InfluxTransport transport;
    private final InfluxDB client;

    /**
     * Prepares a connection; {@link #start()} makes it ready.
     *
     * @param url {@code http://host:port} or {@code https://host:port}
     * @throws dev.wayside.failure.InvalidInputException if the url is something else
     */
    public InfluxConnection(String url) {
        transport = new InfluxTransport(new HttpAccess("InfluxDB", url));
        client = InfluxDBFactory.connect(NOWHERE, new OkHttpClient.Builder().addInterceptor(transport));
    }

    /** What writes points, once the connection is ready; static, since the beans of a kamelet know no other factories. */
    public static InfluxDB clientOf(InfluxConnection connection) {
        return connection.client;
    }

    /** Who writes; empty for an InfluxDB without authentication. */
    public void setUsername(String name) {
        transport.access().setUsername(name);
    }

    /** The password, when it is not in a file. */
    public void setPassword(String password) {
        transport.access().setPassword(password);
    }

    /** A file that holds the password and perhaps a line end. */
    public void setPasswordFile(String file) {
        transport.access().setPasswordFile(file);
    }

    /** PEM; CA certificates trusted for the server's certificate. Empty trusts those of the JDK. */
    public void setCaFile(String file) {
        transport.access().setCaFile(file);
    }

    /** The longest wait for one write, from the connection to the answer. */
    public void setWriteTimeoutSeconds(int seconds) {
        transport.access().setTimeout(Duration.ofSeconds(seconds));
    }

    /**
     * Makes it ready; connects to nothing yet.
     *
     * @throws dev.wayside.failure.InvalidInputException if a file is no good; the message names it
     */
    public void start() {
        transport.start();
    }

    /**
     * Creates a database and, unless it is InfluxDB's own {@code autogen}, a retention policy; nothing happens when they
     * are there.
     *
     * @param duration how long the policy keeps points, as InfluxDB writes it: {@code 30d}, {@code INF}
     * @throws StoreUnavailableException if the server refuses; the message says why
     */
    void create(String database, String retentionPolicy, String duration) throws StoreUnavailableException {
        run("CREATE DATABASE " + quoted(database));
        if (!retentionPolicy.equals("autogen")) {
            run("CREATE RETENTION POLICY " + quoted(retentionPolicy) + " ON " + quoted(database) + " DURATION "
                    + duration + " REPLICATION 1");
        }
    }

    private void run(String statement) throws StoreUnavailableException {
        QueryResult result = client.query(new Query(statement));
        String error = result.hasError()
                ? result.getError()
                : result.getResults().stream()
                        .filter(QueryResult.Result::hasError)
                        .map(QueryResult.Result::getError)
                        .findFirst()
                        .orElse(null);
        if (error != null) {
            throw transport.access().unavailable("refused " + statement + ": " + error, null);
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    HttpAccess access() {
        return transport.access();
    }

    @Override
    public void close() {
        client.close();
        transport.close();
    }
}
