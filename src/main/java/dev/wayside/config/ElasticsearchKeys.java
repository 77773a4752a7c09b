package dev.wayside.config;

import java.time.Duration;

/** Elasticsearch 9 or later. */
public final class ElasticsearchKeys {
    static final KeyGroup GROUP = KeyGroup.ofRoutes("Elasticsearch");

    /** The sink's name in the journal. */
    public static final String SINK = "elasticsearch";

    public static final Key<Boolean> ENABLED =
            GROUP.add(SinkKeys.enabled(SINK, false, "whether to send events to Elasticsearch 9 or later"));

    public static final Key<Integer> BATCH_SIZE =
            GROUP.add(SinkKeys.batchSize(SINK, 500, "the maximum number of events in one bulk request"));

    public static final Key<String> START = GROUP.addAsItIs(SinkKeys.start(SINK));

    public static final Key<Duration> LATE_AFTER = GROUP.add(SinkKeys.lateAfter(SINK));

    public static final Key<ServerUrl> URL = GROUP.key(
            "elasticsearch.url",
            Type.url(
                    ServerUrl.Kind.STORE,
                    "elasticsearch.username and elasticsearch.password-file, or elasticsearch.api-key-file, instead"),
            "http://localhost:9200",
            "the URL of the server");

    public static final Key<String> INDEX = GROUP.key(
            "elasticsearch.index",
            Type.indexName(),
            "wayside-events",
            "the prefix of the index names; year and month follow");

    public static final Key<Boolean> INSTALL_TEMPLATE = GROUP.key(
            "elasticsearch.install-template",
            Type.bool(),
            "true",
            "whether to install the index template at each start");

    public static final Key<String> API_KEY = GROUP.secret(
            "elasticsearch.api-key", "API key in the encoded form that Elasticsearch returns; refused in `--set`");

    public static final Key<String> API_KEY_FILE = GROUP.secretFile(
            "elasticsearch.api-key-file", "a file that contains the API key, instead of `elasticsearch.api-key`");

    public static final Key<String> USERNAME =
            GROUP.key("elasticsearch.username", Type.line(), "", "user name, if there is no API key");

    public static final Key<String> PASSWORD =
            GROUP.secret("elasticsearch.password", "password of that user; refused in `--set`");

    public static final Key<String> PASSWORD_FILE = GROUP.secretFile(
            "elasticsearch.password-file", "a file that contains the password, instead of `elasticsearch.password`");

    public static final Key<String> CA_FILE = GROUP.pemFile(
            "elasticsearch.ca-file", "CA certificates trusted for the server's certificate; if empty, the JDK's");

    public static final Key<Boolean> COMPRESS = GROUP.key(
            "elasticsearch.compress",
            Type.bool(),
            "false",
            "whether to compress requests with gzip, for a slow or metered network; it costs CPU time");

    private ElasticsearchKeys() {}
}
