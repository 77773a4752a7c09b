package dev.wayside.event;

/** Thrown for an object that cannot be sent as one level of JSON; the message names the key. */
public final class FlattenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message names the key and the reason */
    public FlattenException(String message) {
        super(message);
    }
}
