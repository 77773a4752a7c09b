package dev.wayside.processors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * After a sink took a batch: the variable {@code rejectedJson} becomes what the sink put into {@code rejected}, a map of
 * event ids and the server's words, as JSON.
 */
public final class CloseBatch implements Processor {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        Map<?, ?> rejected = exchange.getVariable("rejected", Map.of(), Map.class);
        exchange.setVariable("rejectedJson", JSON.writeValueAsString(rejected));
    }
}
