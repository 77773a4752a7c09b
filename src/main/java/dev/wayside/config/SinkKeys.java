package dev.wayside.config;

import java.time.Duration;
import java.util.List;

/** The keys that every sink has. A user's own sink has only those that the journal itself reads. */
public final class SinkKeys {
    private SinkKeys() {}

    static Key<Boolean> enabled(String sink, boolean defaultValue, String meaning) {
        return Key.of(sink + ".enabled", Type.bool(), String.valueOf(defaultValue), meaning);
    }

    static Key<Integer> batchSize(String sink, int defaultValue, String meaning) {
        return Key.of(sink + ".batch-size", Type.whole(1, 10_000), String.valueOf(defaultValue), meaning);
    }

    static Key<String> start(String sink) {
        return Key.of(
                sink + ".start",
                Type.oneOf("newest", "oldest"),
                "newest",
                "where the very first run with this sink starts: at the next event, or at the oldest event in the journal."
                        + " Later runs continue from the sink's cursor");
    }

    /** How long the oldest waiting event of a sink may wait before the sink is late. */
    public static Key<Duration> lateAfter(String sink) {
        return Key.of(
                        sink + ".late-after",
                        Type.duration(Duration.ofSeconds(1), Duration.ofDays(3650)),
                        "30s",
                        "how long the oldest waiting event may wait before the sink is late and the state is `degraded`. Time in"
                                + " which Wayside is stopped does not count")
                .whileRunning();
    }

    /** The keys of a user's own sink. */
    static List<Key<?>> ofUsers(String sink) {
        return List.of(start(sink), lateAfter(sink));
    }
}
