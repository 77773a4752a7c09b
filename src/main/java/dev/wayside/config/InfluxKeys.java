package dev.wayside.config;

import java.time.Duration;

/** InfluxDB 1. */
public final class InfluxKeys {
    static final KeyGroup GROUP = new KeyGroup("InfluxDB");

    /** Its name in the journal. */
    public static final String SINK = "influxdb";

    public static final Key<Boolean> ENABLED =
            GROUP.add(SinkKeys.enabled(SINK, false, "whether counts go to InfluxDB 1"));

    public static final Key<Integer> BATCH_SIZE =
            GROUP.add(SinkKeys.batchSize(SINK, 1000, "the most events in one write"));

    public static final Key<String> START = GROUP.add(SinkKeys.start(SINK));

    public static final Key<Duration> LATE_AFTER = GROUP.add(SinkKeys.lateAfter(SINK));

    public static final Key<ServerUrl> URL = GROUP.key(
            "influxdb.url",
            Type.url(ServerUrl.Kind.STORE, "influxdb.username and influxdb.password-file instead"),
            "http://localhost:8086",
            "the server");

    public static final Key<String> DATABASE = GROUP.key("influxdb.database", Type.text(), "wayside", "the database");

    public static final Key<String> RETENTION_POLICY = GROUP.key(
            "influxdb.retention-policy", Type.text(), "autogen", "its retention policy; `autogen` is InfluxDB's own");

    public static final Key<String> RETENTION = GROUP.key(
            "influxdb.retention",
            Type.text(),
            "INF",
            "how long a policy of another name keeps points when it is created here, as InfluxDB writes it: `30d`, `INF`");

    public static final Key<Boolean> CREATE = GROUP.key(
            "influxdb.create", Type.bool(), "true", "whether a missing database or retention policy is created");

    public static final Key<String> USERNAME =
            GROUP.key("influxdb.username", Type.line(), "", "user name, if InfluxDB asks for one");

    public static final Key<String> PASSWORD =
            GROUP.secret("influxdb.password", "password of that user; not in `--set`");

    public static final Key<String> PASSWORD_FILE = GROUP.key(
            "influxdb.password-file",
            Type.orEmpty(Type.file("a file")),
            "",
            "a file that holds the password, instead of `influxdb.password`");

    public static final Key<String> CA_FILE = GROUP.key(
            "influxdb.ca-file",
            Type.orEmpty(Type.file("a file in PEM form")),
            "",
            "CA certificates trusted for the server's certificate; empty trusts the JDK's");

    private InfluxKeys() {}
}
