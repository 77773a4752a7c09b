package dev.wayside.failure;

/**
 * Invalid input that the user can correct: a setting, an option, a route's parameter, or a file that one of these names.
 * The message is for the user: what is wrong, where, and what is allowed. The process ends with exit code 2.
 */
public class InvalidInputException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** The message says what is wrong, where, and what is allowed. */
    public InvalidInputException(String message) {
        super(message);
    }

    /** The message says what is wrong, where, and what is allowed; the cause is the original exception. */
    public InvalidInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
