package dev.wayside.journal;

import dev.wayside.failure.Reason;
import dev.wayside.status.Repetition;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A failure of one kind of work on the journal, such as writing, from the first error until it works again. A new
 * reason is logged at once, the same reason at most once a minute. Thread-safe.
 */
final class OngoingFailure {
    private static final Logger log = LoggerFactory.getLogger(OngoingFailure.class);

    private final Repetition repetition = new Repetition(System::nanoTime);
    private final Path file;
    private final String recovery;
    private String reason;
    private boolean said;
    private boolean damage;

    /**
     * Starts with or without a reason.
     *
     * @param reason why the work is not possible yet; null if it is
     * @param recovery the log message when the work succeeds again
     */
    OngoingFailure(Path file, String reason, String recovery) {
        this.file = file;
        this.reason = reason;
        this.recovery = recovery;
    }

    /**
     * Records a failed attempt, which will be retried.
     *
     * @param what what cannot be done with the file, such as {@code cannot write}
     * @return the sentence for the status
     */
    synchronized String occurred(String what, Throwable failure) {
        String words = Reason.ofRoot(failure);
        reason = what + " " + file + ": " + words;
        repetition.add(words, () -> say(""), times -> say(", " + times + " times since the last report"));
        noteDamage(failure);
        return reason;
    }

    private void say(String howOften) {
        said = true;
        log.warn("journal: {}{}; retrying until it works", reason, howOften);
    }

    /** Records that the work succeeded. */
    synchronized void ended() {
        if (said) {
            log.info("journal: {}", recovery);
        }
        reason = null;
        said = false;
    }

    /** The sentence for the status; null if the work is possible. */
    synchronized String reason() {
        return reason;
    }

    /** Remembers whether the root cause of a failure is a damaged file. */
    synchronized void noteDamage(Throwable failure) {
        damage = damage || Damage.isRootCauseOf(failure);
    }

    /** Whether any failure was caused by damage, so that the next start must check the file. */
    synchronized boolean isDamage() {
        return damage;
    }
}
