package dev.wayside.config;

import java.time.Duration;

/** The journal: where, how much, how long. */
public final class JournalKeys {
    static final KeyGroup GROUP = new KeyGroup("Journal");

    public static final Key<String> PATH = GROUP.key(
            "journal.path",
            Type.file("a file"),
            "data/journal.db",
            "where every event is kept until all sinks have it, relative to the working directory. One Wayside for one file");

    public static final Key<Long> MAX_SIZE = GROUP.key(
            "journal.max-size",
            Type.size(1L << 20, 1L << 40),
            "512MB",
            "how large the file may grow; beyond that the oldest events are dropped, delivered or not");

    public static final Key<Duration> MAX_AGE = GROUP.key(
            "journal.max-age",
            Type.duration(Duration.ofMinutes(1), Duration.ofDays(3650)),
            "7d",
            "how long an event is kept, counting only time in which Wayside runs");

    private JournalKeys() {}
}
