package dev.wayside.processors;

import dev.wayside.journal.Batch;
import dev.wayside.journal.component.JournalConstants;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** What the steps of all sinks have in common: the flat events they are given, and where refused ones go. */
final class SinkEvents {
    static final String ID = "id";

    private SinkEvents() {}

    /**
     * The events in the body: a map with an {@code id}, or a list of such maps.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> of(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        List<?> events = body instanceof List<?> list ? list : List.of(body == null ? "" : body);
        for (Object event : events) {
            if (!(event instanceof Map<?, ?> map) || map.get(ID) == null) {
                throw new IllegalArgumentException(
                        "The sink takes flat events, maps with an 'id', one or a list of" + " them; this is a "
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
     * Puts an event aside that the server refuses for good: it goes to the dead letters of the sink whose batch it is of.
     *
     * @throws EventRefusedException if it is of no batch, and nobody keeps dead letters
     */
    static void reject(Exchange exchange, String id, String reason) throws EventRefusedException {
        Batch batch = exchange.getProperty(JournalConstants.BATCH, Batch.class);
        if (batch == null) {
            throw new EventRefusedException("the event " + id + " is refused: " + reason);
        }
        batch.reject(id, reason);
    }
}
