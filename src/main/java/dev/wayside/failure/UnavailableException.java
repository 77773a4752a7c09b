package dev.wayside.failure;

/**
 * Something outside that is needed is not to be had: a port, a file, a broker. The message is for the user: what, and
 * what helps. Where it keeps the process from starting, that ends with exit code 1.
 */
public class UnavailableException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Says what is missing, and what helps. */
    public UnavailableException(String message) {
        super(message);
    }

    /** Says what is missing, and what helps; the cause is what was found underneath. */
    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
