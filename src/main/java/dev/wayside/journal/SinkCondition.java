package dev.wayside.journal;

import dev.wayside.status.Elapsed;
import dev.wayside.status.Repetition;
import java.time.Duration;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One trouble of a sink: from when to when, logged in the log at both ends. One that comes and goes all the time is logged no
 * more than once a minute. Not thread-safe.
 */
final class SinkCondition {
    private static final Logger log = LoggerFactory.getLogger(SinkCondition.class);
    /** What is away for so long is over; if it returns, it is news. */
    private static final long QUIET = Duration.ofSeconds(10).toNanos();

    private final LongSupplier nanoTime;
    private final Repetition repetition;
    private boolean active;
    private boolean logged;
    /** When it began, or, when it is not on, ended. */
    private long since;

    SinkCondition(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.repetition = new Repetition(nanoTime);
    }

    /**
     * There is trouble, for the first time or still.
     *
     * @param reason of it
     * @param first what the log says of this reason at first
     * @param again what it says later, given how often that happened meanwhile
     */
    void occurs(String reason, String first, LongFunction<String> again) {
        if (!active) {
            if (nanoTime.getAsLong() - since >= QUIET) {
                repetition.forget();
            }
            active = true;
            logged = false;
            since = nanoTime.getAsLong();
        }
        repetition.add(reason, () -> warn(first), count -> warn(again.apply(count)));
    }

    /** There is none, any more or still; in the log it ends only if it began there. */
    void ends(String words) {
        if (!active) {
            return;
        }
        long now = nanoTime.getAsLong();
        if (logged) {
            log.info("{} after {}", words, Elapsed.words(Duration.ofNanos(now - since)));
        }
        active = false;
        since = now;
    }

    boolean isActive() {
        return active;
    }

    private void warn(String words) {
        logged = true;
        log.warn(words);
    }
}
