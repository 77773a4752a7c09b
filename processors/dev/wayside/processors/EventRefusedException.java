package dev.wayside.processors;

/** A server refuses an event for good, in a route that does not begin at the journal, where it would be a dead letter. */
final class EventRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says which event and why. */
    EventRefusedException(String message) {
        super(message);
    }
}
