package dev.wayside.event;

/** An object that cannot be sent as one level of JSON; the message names the key. */
public final class FlattenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says which name and why. */
    public FlattenException(String message) {
        super(message);
    }
}
