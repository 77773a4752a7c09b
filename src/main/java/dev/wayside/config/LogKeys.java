package dev.wayside.config;

/** How much the log says, and in which form. */
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
