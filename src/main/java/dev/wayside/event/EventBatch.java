package dev.wayside.event;

/**
 * Events in flight to a sink. It travels by reference with the exchange, so that all steps and parts of a route share it.
 * Implementations are thread-safe.
 */
public interface EventBatch {
    /**
     * Rejects an event permanently, so that it does not block the others.
     *
     * @param id the event's
     * @param reason the server's error message, if it sent one
     * @throws IllegalArgumentException if this batch has no such event
     */
    void reject(String id, String reason);

    /**
     * Records that a part of the route ended before its last step, so it is unknown whether its events were delivered.
     *
     * @param how what ended it
     */
    void endEarly(String how);
}
