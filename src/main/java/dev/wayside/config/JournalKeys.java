package dev.wayside.config;

import java.time.Duration;

/** The journal's file, its size and how long it keeps events. */
public final class JournalKeys {
    static final KeyGroup GROUP = new KeyGroup("Journal");

    public static final Key<String> PATH = GROUP.key(
            "journal.path",
            Type.file("a file"),
            "data/journal.db",
            "the file that keeps every event until all sinks have received it, relative to the working directory. Only one Wayside process can use it");

    public static final Key<Long> MAX_SIZE = GROUP.key(
            "journal.max-size",
            Type.size(1L << 20, 1L << 40),
            "512MB",
            "the maximum size of the file; when it is reached, the oldest events are dropped, delivered or not");

    public static final Key<Duration> MAX_AGE = GROUP.key(
            "journal.max-age",
            Type.duration(Duration.ofMinutes(1), Duration.ofDays(3650)),
            "7d",
            "how long an event is kept; time in which Wayside is stopped does not count");

    private JournalKeys() {}
}
