package dev.wayside.processors;

import dev.wayside.event.EventBatch;
import dev.wayside.journal.component.JournalConstants;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** Shared by the steps of all sinks: reads the flat events of an exchange, and rejects refused ones. */
final class SinkEvents {
    static final String ID = "id";

    private SinkEvents() {}

    /**
     * The events in the body: a map with an {@code id}, or a list of such maps.
     *
     * @throws IllegalArgumentException if the body is anything else
     */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> of(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        List<?> events = body instanceof List<?> list ? list : List.of(body == null ? "" : body);
        for (Object event : events) {
            if (!(event instanceof Map<?, ?> map) || map.get(ID) == null) {
                throw new IllegalArgumentException(
                        "A sink takes a flat event (a map with an 'id') or a list of them, but this is a "
                                + (event == null ? "null" : event.getClass().getName()) + ".");
            }
        }
        return (List<Map<String, Object>>) events;
    }

    /** The event's {@code id}. */
    static String id(Map<String, ?> event) {
        return String.valueOf(event.get(ID));
    }

    /**
     * Rejects an event that the server permanently refuses: its batch sets it aside, the journal's as a dead letter.
     *
     * @throws EventRefusedException if the event belongs to no batch, so that there are no dead letters
     */
    static void reject(Exchange exchange, String id, String reason) throws EventRefusedException {
        EventBatch batch = exchange.getProperty(JournalConstants.BATCH, EventBatch.class);
        if (batch == null) {
            throw new EventRefusedException("the event " + id + " is refused: " + reason);
        }
        batch.reject(id, reason);
    }
}
