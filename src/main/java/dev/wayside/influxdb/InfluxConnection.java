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
 * A connection to InfluxDB 1, with a client for Camel's influxdb component. Creating it does not require a running
 * server. Points are sent compressed. A write fails with an {@link org.influxdb.InfluxDBIOException} whose cause says
 * why: a {@link PointsRefusedException}, a {@link DatabaseMissingException}, or a {@link StoreUnavailableException}.
 */
public final class InfluxConnection implements AutoCloseable {
    /** A placeholder, never connected to: {@link InfluxTransport} replaces it with the real address. */
    private static final String NOWHERE = "http://127.0.0.1/";

    private final InfluxTransport transport;
    private final InfluxDB client;

    /**
     * Prepares a connection. Call the setters, then {@link #start()}.
     *
     * @param url {@code http://host:port} or {@code https://host:port}
     * @throws dev.wayside.failure.InvalidInputException if the URL is anything else
     */
    public InfluxConnection(String url) {
        transport = new InfluxTransport(new HttpAccess("InfluxDB", url));
        client = InfluxDBFactory.connect(NOWHERE, new OkHttpClient.Builder().addInterceptor(transport));
    }

    /**
     * The client that writes points, to be used after the start. It is static, because beans of a kamelet support no
     * other factory methods.
     */
    public static InfluxDB clientOf(InfluxConnection connection) {
        return connection.client;
    }

    /** The user; empty for an InfluxDB without authentication. */
    public void setUsername(String name) {
        transport.access().setUsername(name);
    }

    /** The password, if it is not in a file. */
    public void setPassword(String password) {
        transport.access().setPassword(password);
    }

    /** A file that contains the password, optionally followed by a line end. */
    public void setPasswordFile(String file) {
        transport.access().setPasswordFile(file);
    }

    /** PEM; CA certificates trusted for the server's certificate. Empty trusts those of the JDK. */
    public void setCaFile(String file) {
        transport.access().setCaFile(file);
    }

    /** The timeout of a write, from connecting to the response. */
    public void setWriteTimeoutSeconds(int seconds) {
        transport.access().setTimeout(Duration.ofSeconds(seconds));
    }

    /**
     * Reads the settings and their files; does not connect yet.
     *
     * @throws dev.wayside.failure.InvalidInputException if a file is invalid; the message names it
     */
    public void start() {
        transport.start();
    }

    /**
     * Creates a database and, unless it is InfluxDB's own {@code autogen}, a retention policy; does nothing if they
     * exist.
     *
     * @param duration how long the policy keeps points, in InfluxDB's format: {@code 30d}, {@code INF}
     * @throws StoreUnavailableException if the server refuses; the message says why
     */
    void create(String database, String retentionPolicy, String duration) throws StoreUnavailableException {
        run("CREATE DATABASE " + quoted(database), "");
        if (!retentionPolicy.equals("autogen")) {
            run(
                    "CREATE RETENTION POLICY " + quoted(retentionPolicy) + " ON " + quoted(database) + " DURATION "
                            + duration + " REPLICATION 1",
                    "");
        }
    }

    /**
     * Runs a statement that changes something.
     *
     * @param database to which it refers; empty for none
     * @throws StoreUnavailableException if the server refuses; the message says why
     */
    void run(String statement, String database) throws StoreUnavailableException {
        QueryResult result = client.query(new Query(statement, database, true));
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
