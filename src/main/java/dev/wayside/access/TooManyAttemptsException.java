package dev.wayside.access;

import java.time.Duration;

/** The client has tried too many passwords and must wait. */
final class TooManyAttemptsException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Duration wait;

    /** How long the client must wait until its next attempt is looked at. */
    TooManyAttemptsException(Duration wait) {
        super("too many attempts");
        this.wait = wait;
    }

    /** In seconds, at least one, as in the header {@code Retry-After}. */
    long seconds() {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }
}
