package dev.wayside.config;

/** The log. */
public final class LogKeys {
    static final KeyGroup GROUP = new KeyGroup("Log");

    public static final Key<String> LEVEL = GROUP.key(
            "log.level",
            Type.oneOf("error", "warn", "info", "debug", "trace"),
            "info",
            "of Wayside's own messages; libraries speak from `warn` on; stack traces only with `debug` and `trace`");

    public static final Key<String> FORMAT =
            GROUP.key("log.format", Type.oneOf("text", "json"), "text", "`json` is one object on each line");

    private LogKeys() {}
}
