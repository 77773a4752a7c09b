package dev.wayside.journal;

/** The journal did not accept an event or cannot be used; the message is a sentence for the user that says why. */
public final class JournalException extends Exception {
    /** Says why. */
    public JournalException(String message) {
        super(message);
    }

    /** Says why, with the root cause. */
    public JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
