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
 * not of this batch says nothing. What could not be read is among them.
 */
public final class CloseBatch implements Processor {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Drain drain;

    /**
     * Makes the step.
     *
     * @param drain that read the batch, and gets to know how many of it were refused
     */
    public CloseBatch(Drain drain) {
        this.drain = drain;
    }

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        Map<?, ?> rejected = exchange.getVariable("rejected", Map.of(), Map.class);
        Map<?, ?> rowOfEvent = exchange.getVariable("rows", Map.class);
        Map<String, Object> rows = new LinkedHashMap<>();
        Map<?, ?> unreadable = exchange.getVariable(OpenBatch.UNREADABLE, Map.of(), Map.class);
        unreadable.forEach((row, words) -> rows.put(row.toString(), words));
        rejected.forEach((event, words) -> {
            Object row = rowOfEvent.get(event);
            if (row != null) {
                rows.put(row.toString(), words);
            }
        });
        drain.closing(rows.size());
        exchange.setVariable("rejectedJson", JSON.writeValueAsString(rows));
    }
}
