package dev.wayside.journal;

import dev.wayside.status.Elapsed;
import dev.wayside.status.Repetition;
import java.time.Duration;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One trouble of a sink: from when to when, said in the log at both ends. One that comes and goes all the time is said no
 * more than once a minute. Not thread-safe.
 */
final class Episode {
    private static final Logger log = LoggerFactory.getLogger(Episode.class);
    /** What is away for so long is over; if it returns, it is news. */
    private static final long CALM = Duration.ofSeconds(10).toNanos();

    private final LongSupplier nanoTime;
    private final Repetition repetition;
    private boolean on;
    private boolean said;
    /** When it began, or, when it is not on, ended. */
    private long since;

    Episode(LongSupplier nanoTime) {
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
    void met(String reason, String first, LongFunction<String> again) {
        if (!on) {
            if (nanoTime.getAsLong() - since >= CALM) {
                repetition.forget();
            }
            on = true;
            said = false;
            since = nanoTime.getAsLong();
        }
        repetition.add(reason, () -> say(first), count -> say(again.apply(count)));
    }

    /** There is none, any more or still; in the log it ends only if it began there. */
    void isOver(String words) {
        if (!on) {
            return;
        }
        long now = nanoTime.getAsLong();
        if (said) {
            log.info("{} after {}", words, Elapsed.words(Duration.ofNanos(now - since)));
        }
        on = false;
        since = now;
    }

    boolean isOn() {
        return on;
    }

    private void say(String words) {
        said = true;
        log.warn(words);
    }
}
