package dev.wayside.processors;

/**
 * Thrown if a server permanently refuses an event in a route that does not start at the journal and so has no dead
 * letters.
 */
final class EventRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    EventRefusedException(String message) {
        super(message);
    }
}
