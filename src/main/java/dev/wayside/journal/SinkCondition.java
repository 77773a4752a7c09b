package dev.wayside.journal;

import dev.wayside.status.Elapsed;
import dev.wayside.status.Repetition;
import java.time.Duration;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A condition of a sink that lasts for a while, such as failing. Its beginning and its end are logged; one that comes
 * and goes all the time is logged at most once a minute. Not thread-safe.
 */
final class SinkCondition {
    private static final Logger log = LoggerFactory.getLogger(SinkCondition.class);
    /** If a condition returns after being absent for this long, it is logged again at once. */
    private static final long QUIET = Duration.ofSeconds(10).toNanos();

    private final LongSupplier nanoTime;
    private final Repetition repetition;
    private boolean active;
    private boolean logged;
    /** When it began; while it is not active, when it ended. */
    private long since;

    SinkCondition(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.repetition = new Repetition(nanoTime);
    }

    /**
     * The condition begins or still holds.
     *
     * @param reason why it holds
     * @param first the log message for the first occurrence of this reason
     * @param again makes the later log message, from the number of occurrences since the previous one
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

    /** The condition does not hold, or no longer holds. The end is logged only if the beginning was. */
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

    /** It is no longer known whether the condition holds. */
    void endsSilently() {
        logged = false;
        ends("");
    }

    boolean isActive() {
        return active;
    }

    private void warn(String words) {
        logged = true;
        log.warn(words);
    }
}
