package dev.wayside.failure;

/**
 * What the user gave cannot be used, and the user can mend it: a setting, an option, a route's parameter, or a file that
 * one of these names. The message is for the user: what is wrong, where, what is allowed. The process ends with exit
 * code 2.
 */
public class InvalidInputException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong, where, and what is allowed. */
    public InvalidInputException(String message) {
        super(message);
    }

    /** Says what is wrong, where, and what is allowed; the cause is what was found underneath. */
    public InvalidInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
