package dev.wayside.config;

import java.time.Duration;

/** Elasticsearch 9 or later. */
public final class ElasticsearchKeys {
    static final KeyGroup GROUP = new KeyGroup("Elasticsearch");

    /** Its name in the journal. */
    public static final String SINK = "elasticsearch";

    public static final Key<Boolean> ENABLED =
            GROUP.add(SinkKeys.enabled(SINK, false, "whether events go to Elasticsearch 9 or later"));

    public static final Key<Integer> BATCH_SIZE =
            GROUP.add(SinkKeys.batchSize(SINK, 500, "the most events in one bulk request"));

    public static final Key<String> START = GROUP.add(SinkKeys.start(SINK));

    public static final Key<Duration> LATE_AFTER = GROUP.add(SinkKeys.lateAfter(SINK));

    public static final Key<ServerUrl> URL = GROUP.key(
            "elasticsearch.url",
            Type.url(
                    ServerUrl.Kind.STORE,
                    "elasticsearch.username and elasticsearch.password-file, or elasticsearch.api-key-file, instead"),
            "http://localhost:9200",
            "the server");

    public static final Key<String> INDEX = GROUP.key(
            "elasticsearch.index",
            Type.indexName(),
            "wayside-events",
            "first part of the indices' names; year and month follow");

    public static final Key<Boolean> INSTALL_TEMPLATE = GROUP.key(
            "elasticsearch.install-template",
            Type.bool(),
            "true",
            "whether the index template is installed at each start");

    public static final Key<String> API_KEY =
            GROUP.secret("elasticsearch.api-key", "API key, encoded as Elasticsearch gives it; not in `--set`");

    public static final Key<String> API_KEY_FILE = GROUP.key(
            "elasticsearch.api-key-file",
            Type.orEmpty(Type.file("a file")),
            "",
            "a file that holds the API key, instead of `elasticsearch.api-key`");

    public static final Key<String> USERNAME =
            GROUP.key("elasticsearch.username", Type.line(), "", "user name, where there is no API key");

    public static final Key<String> PASSWORD =
            GROUP.secret("elasticsearch.password", "password of that user; not in `--set`");

    public static final Key<String> PASSWORD_FILE = GROUP.key(
            "elasticsearch.password-file",
            Type.orEmpty(Type.file("a file")),
            "",
            "a file that holds the password, instead of `elasticsearch.password`");

    public static final Key<String> CA_FILE = GROUP.key(
            "elasticsearch.ca-file",
            Type.orEmpty(Type.file("a file in PEM form")),
            "",
            "CA certificates trusted for the server's certificate; empty trusts the JDK's");

    public static final Key<Boolean> COMPRESS = GROUP.key(
            "elasticsearch.compress",
            Type.bool(),
            "false",
            "whether requests are sent as gzip: fewer bytes, for a network that is slow or paid for by the byte, for more work");

    private ElasticsearchKeys() {}
}
