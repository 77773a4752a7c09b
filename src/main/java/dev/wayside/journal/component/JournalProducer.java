package dev.wayside.journal.component;

import dev.wayside.journal.JournalException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** Accepts the flat event in the body: returns when it is on the disk. */
final class JournalProducer extends DefaultProducer {
    private final JournalEndpoint endpoint;

    JournalProducer(JournalEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(Exchange exchange) throws JournalException, InterruptedException {
        Object body = exchange.getMessage().getBody();
        if (!(body instanceof Map<?, ?> event)) {
            throw new IllegalArgumentException("The journal accepts flat events, maps with a text 'id'; this is "
                    + (body == null ? "null" : "a " + body.getClass().getName()) + ".");
        }
        endpoint.journal().append((Map<String, ?>) event);
    }
}
