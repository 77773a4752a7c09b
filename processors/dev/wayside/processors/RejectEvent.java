package dev.wayside.processors;

import dev.wayside.event.EventBatch;
import dev.wayside.failure.Reason;
import dev.wayside.journal.component.JournalConstants;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Rejects one event of a batch: it goes to the sink's dead letters when the rest is delivered. The event is the body if
 * that is a flat event, otherwise the event whose id is in the variable {@code id}.
 */
public final class RejectEvent implements Processor {
    private final String reason;

    /** Takes the reason from the exception that was caught. */
    public RejectEvent() {
        this("");
    }

    /**
     * Takes a fixed reason.
     *
     * @param reason the reason; empty for the message of the exception that was caught
     */
    public RejectEvent(String reason) {
        this.reason = reason;
    }

    @Override
    public void process(Exchange exchange) {
        EventBatch batch = exchange.getProperty(JournalConstants.BATCH, EventBatch.class);
        if (batch == null) {
            throw new IllegalStateException("wayside-reject-action works only in routes that start with"
                    + " kamelet:wayside-journal-source or journal:<sink>.");
        }
        batch.reject(id(exchange), reasonFor(exchange));
    }

    private static String id(Exchange exchange) {
        Object id = exchange.getMessage().getBody() instanceof Map<?, ?> event
                ? event.get(SinkEvents.ID)
                : exchange.getVariable(SinkEvents.ID);
        if (id == null) {
            throw new IllegalStateException("wayside-reject-action cannot tell which event to reject: "
                    + "set the variable id to ${body[id]} before a step replaces the event.");
        }
        return id.toString();
    }

    private String reasonFor(Exchange exchange) {
        if (!reason.isEmpty()) {
            return reason;
        }
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        return failure == null ? "rejected by the sink's route" : Reason.of(failure);
    }
}
