package dev.wayside.journal;

import dev.wayside.failure.Reason;
import dev.wayside.status.Repetition;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps the journal from one kind of work, and that it is over; each is said at once, and no more than once a
 * minute. Thread-safe.
 */
final class OngoingFailure {
    private static final Logger log = LoggerFactory.getLogger(OngoingFailure.class);

    private final Repetition repetition = new Repetition(System::nanoTime);
    private final Path file;
    private final String over;
    private String reason;
    private boolean said;
    private boolean damage;

    /**
     * Begins with or without a reason.
     *
     * @param reason null when there is none
     * @param over what the log says of the journal when it is over
     */
    OngoingFailure(Path file, String reason, String over) {
        this.file = file;
        this.reason = reason;
        this.over = over;
    }

    /**
     * Something failed that will be tried again.
     *
     * @param what cannot be done with the file, such as {@code cannot write}
     * @return the sentence for the status
     */
    synchronized String occurred(String what, Throwable failure) {
        String words = Reason.ofRoot(failure);
        reason = what + " " + file + ": " + words;
        repetition.add(words, () -> say(""), times -> say(", " + times + " times since this was last said"));
        noteDamage(failure);
        return reason;
    }

    private void say(String howOften) {
        said = true;
        log.warn("journal: {}{}; trying again until it works", reason, howOften);
    }

    /** That work is done again. */
    synchronized void ended() {
        if (said) {
            log.info("journal: {}", over);
        }
        reason = null;
        said = false;
    }

    /** Null while there is none. */
    synchronized String reason() {
        return reason;
    }

    /** What fails may fail because the file is broken. */
    synchronized void noteDamage(Throwable failure) {
        damage = damage || Damage.isRootCauseOf(failure);
    }

    /** Whether anything was seen that the next start has to look into. */
    synchronized boolean isDamage() {
        return damage;
    }
}
