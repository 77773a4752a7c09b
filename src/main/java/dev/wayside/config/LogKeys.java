package dev.wayside.config;

/** The log's level and format. */
public final class LogKeys {
    static final KeyGroup GROUP = new KeyGroup("Log");

    public static final Key<String> LEVEL = GROUP.changeable(
            "log.level",
            Type.oneOf("error", "warn", "info", "debug", "trace"),
            "info",
            "the level of Wayside's own messages; those of libraries are logged from `warn` upwards. Only `debug` and `trace` log stack traces");

    public static final Key<String> FORMAT = GROUP.changeable(
            "log.format",
            Type.oneOf("text", "json"),
            "text",
            "the format of the log; `json` writes one object per line");

    private LogKeys() {}
}
