package dev.wayside.processors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * After a sink took a batch: what the sink put into the variable {@code rejected}, a map of event ids and the server's
 * words, becomes {@code rejectedJson}, where the numbers of the journal's rows stand in place of the ids. An id that is
 * not of this batch says nothing.
 */
public final class CloseBatch implements Processor {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        Map<?, ?> rejected = exchange.getVariable("rejected", Map.of(), Map.class);
        Map<?, ?> rowOfEvent = exchange.getVariable("rows", Map.class);
        Map<String, Object> rows = new LinkedHashMap<>();
        rejected.forEach((event, words) -> {
            Object row = rowOfEvent.get(event);
            if (row != null) {
                rows.put(row.toString(), words);
            }
        });
        exchange.setVariable("rejectedJson", JSON.writeValueAsString(rows));
    }
}
