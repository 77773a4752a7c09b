package dev.wayside.processors;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Puts one event of a batch aside, which goes to the sink's dead letters when the rest is delivered: adds it to the
 * variable {@code rejected}, a map that the journal's source has made. The event is the body, while that is a flat event,
 * and otherwise the one whose id the variable {@code id} has.
 */
public final class RejectEvent implements Processor {
    private final String words;

    /**
     * Makes the step.
     *
     * @param words why; empty for those of the exception that was caught
     */
    public RejectEvent(String words) {
        this.words = words;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(Exchange exchange) {
        Map<String, String> rejected = exchange.getVariable(EventMessages.REJECTED, Map.class);
        if (rejected == null) {
            throw new IllegalStateException(
                    "wayside-reject-action is for routes that begin with kamelet:wayside-journal-source.");
        }
        rejected.put(id(exchange), why(exchange));
    }

    private static String id(Exchange exchange) {
        Object id = exchange.getMessage().getBody() instanceof Map<?, ?> event
                ? event.get(EventMessages.ID)
                : exchange.getVariable(EventMessages.ID);
        if (id == null) {
            throw new IllegalStateException("wayside-reject-action does not know which event is meant: "
                    + "before the event becomes something else, set the variable id to ${body[id]}.");
        }
        return id.toString();
    }

    private String why(Exchange exchange) {
        if (!words.isEmpty()) {
            return words;
        }
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        return failure == null ? "put aside by the sink's route" : String.valueOf(failure.getMessage());
    }
}
