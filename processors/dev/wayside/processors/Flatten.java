package dev.wayside.processors;

import dev.wayside.event.FlatEvents;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Flattens the body from a nested map to a map of one level whose JSON fits AWS IoT's limit of 128 KB. */
public final class Flatten implements Processor {
    private final FlatEvents events;

    /**
     * Names the flat fields with this separator.
     *
     * @param separator separates the parts of a name
     */
    public Flatten(String separator) {
        this.events = new FlatEvents(separator);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(Exchange exchange) {
        Map<String, Object> nested = exchange.getMessage().getBody(Map.class);
        exchange.getMessage().setBody(events.flatten(nested));
    }
}
