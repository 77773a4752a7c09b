package dev.wayside.config;

import java.time.Duration;

/** InfluxDB 1. */
public final class InfluxKeys {
    static final KeyGroup GROUP = KeyGroup.ofRoutes("InfluxDB");

    /** The sink's name in the journal. */
    public static final String SINK = "influxdb";

    public static final Key<Boolean> ENABLED =
            GROUP.add(SinkKeys.enabled(SINK, false, "whether to send counts to InfluxDB 1"));

    public static final Key<Integer> BATCH_SIZE =
            GROUP.add(SinkKeys.batchSize(SINK, 1000, "the maximum number of events in one write"));

    public static final Key<String> START = GROUP.addAsItIs(SinkKeys.start(SINK));

    public static final Key<Duration> LATE_AFTER = GROUP.add(SinkKeys.lateAfter(SINK));

    public static final Key<ServerUrl> URL = GROUP.key(
            "influxdb.url",
            Type.url(ServerUrl.Kind.STORE, "influxdb.username and influxdb.password-file instead"),
            "http://localhost:8086",
            "the URL of the server");

    public static final Key<String> DATABASE =
            GROUP.key("influxdb.database", Type.text(), "wayside", "the database to write to");

    public static final Key<String> RETENTION_POLICY = GROUP.key(
            "influxdb.retention-policy",
            Type.text(),
            "autogen",
            "the retention policy to write to; `autogen` is InfluxDB's default");

    public static final Key<String> RETENTION = GROUP.key(
            "influxdb.retention",
            Type.text(),
            "INF",
            "how long points are kept if Wayside creates the retention policy, in InfluxDB's notation: `30d`, `INF`. It has no effect on `autogen`");

    public static final Key<Boolean> CREATE = GROUP.key(
            "influxdb.create", Type.bool(), "true", "whether a missing database or retention policy is created");

    public static final Key<String> USERNAME =
            GROUP.key("influxdb.username", Type.line(), "", "user name, if InfluxDB requires one");

    public static final Key<String> PASSWORD =
            GROUP.secret("influxdb.password", "password of that user; refused in `--set`");

    public static final Key<String> PASSWORD_FILE = GROUP.secretFile(
            "influxdb.password-file", "a file that contains the password, instead of `influxdb.password`");

    public static final Key<String> CA_FILE = GROUP.pemFile(
            "influxdb.ca-file", "CA certificates trusted for the server's certificate; if empty, the JDK's");

    private InfluxKeys() {}
}
