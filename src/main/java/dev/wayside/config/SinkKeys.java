package dev.wayside.config;

import java.time.Duration;
import java.util.List;

/** The keys that every sink has; of a user's own sink, those that the journal reads by themselves. */
public final class SinkKeys {
    private SinkKeys() {}

    static Key<Boolean> enabled(String sink, boolean standard, String meaning) {
        return Key.of(sink + ".enabled", Type.bool(), String.valueOf(standard), meaning);
    }

    static Key<Integer> batchSize(String sink, int standard, String meaning) {
        return Key.of(sink + ".batch-size", Type.whole(1, 10_000), String.valueOf(standard), meaning);
    }

    static Key<String> start(String sink) {
        return Key.of(
                sink + ".start",
                Type.oneOf("newest", "oldest"),
                "newest",
                "where the very first run with this sink begins: with the next event, or with all that the journal has."
                        + " Later runs go on where the last one was");
    }

    /** How long the oldest waiting event of a sink may wait. */
    public static Key<Duration> lateAfter(String sink) {
        return Key.of(
                sink + ".late-after",
                Type.duration(Duration.ofSeconds(1), Duration.ofDays(3650)),
                "30s",
                "how long the oldest waiting event may wait before the sink is late and the state is `degraded`, by the"
                        + " journal's clock, which stands still while Wayside does");
    }

    /** Those of a sink of the user's own. */
    static List<Key<?>> ofUsers(String sink) {
        return List.of(start(sink), lateAfter(sink));
    }
}
