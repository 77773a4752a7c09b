package dev.wayside.failure;

/**
 * A required resource outside Wayside is unavailable: a port, a file, a broker. The message tells the user which, and what
 * helps. If this prevents the start, the process ends with exit code 1.
 */
public class UnavailableException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** The message says what is unavailable, and what helps. */
    public UnavailableException(String message) {
        super(message);
    }

    /** The message says what is unavailable, and what helps; the cause is the original exception. */
    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
