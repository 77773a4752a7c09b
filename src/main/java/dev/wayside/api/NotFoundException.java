package dev.wayside.api;

/** The request names something that does not exist; the message says what exists. */
final class NotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotFoundException(String message) {
        super(message);
    }
}
