package dev.wayside.processors;

import dev.wayside.failure.Reason;
import dev.wayside.journal.Batch;
import dev.wayside.journal.component.JournalConstants;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Puts one event of a batch aside: it goes to the sink's dead letters when the rest is delivered. The event is the body,
 * while that is a flat event, and otherwise the one whose id the variable {@code id} has.
 */
public final class RejectEvent implements Processor {
    private final String words;

    /** Rejects for the reason of the exception that was caught. */
    public RejectEvent() {
        this("");
    }

    /**
     * Rejects for this reason.
     *
     * @param words why; empty for the message of the exception that was caught
     */
    public RejectEvent(String words) {
        this.words = words;
    }

    @Override
    public void process(Exchange exchange) {
        Batch batch = exchange.getProperty(JournalConstants.BATCH, Batch.class);
        if (batch == null) {
            throw new IllegalStateException("wayside-reject-action is for routes that begin with"
                    + " kamelet:wayside-journal-source or journal:<sink>.");
        }
        batch.reject(id(exchange), reason(exchange));
    }

    private static String id(Exchange exchange) {
        Object id = exchange.getMessage().getBody() instanceof Map<?, ?> event
                ? event.get(SinkEvents.ID)
                : exchange.getVariable(SinkEvents.ID);
        if (id == null) {
            throw new IllegalStateException("wayside-reject-action does not know which event is meant: "
                    + "before the event becomes something else, set the variable id to ${body[id]}.");
        }
        return id.toString();
    }

    private String reason(Exchange exchange) {
        if (!words.isEmpty()) {
            return words;
        }
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        return failure == null ? "put aside by the sink's route" : Reason.of(failure);
    }
}
