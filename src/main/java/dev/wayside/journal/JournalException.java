package dev.wayside.journal;

/** The journal did not take an event, or cannot be used now; the message says why in plain words. */
public final class JournalException extends Exception {
    /** Says why. */
    public JournalException(String message) {
        super(message);
    }

    /** Says why, with what was at the bottom of it. */
    public JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
