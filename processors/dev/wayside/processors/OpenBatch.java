package dev.wayside.processors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Turns rows of the journal, each with {@code id} and {@code json}, into a list of flat events. The variable
 * {@code lastId} becomes the number of the last of them, {@code sink} the sink's name, {@code rejected} an empty map for
 * what the sink refuses for good: event ids and the server's words.
 */
public final class OpenBatch implements Processor {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, Object>> EVENT = new TypeReference<>() {};

    private final String sink;

    /**
     * Makes the step.
     *
     * @param sink whose batch this is
     */
    public OpenBatch(String sink) {
        this.sink = sink;
    }

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        List<?> rows = exchange.getMessage().getBody(List.class);
        List<Map<String, Object>> events = new ArrayList<>(rows.size());
        Object lastId = null;
        for (Object each : rows) {
            Map<?, ?> row = (Map<?, ?>) each;
            events.add(JSON.readValue((String) row.get("json"), EVENT));
            lastId = row.get("id");
        }
        exchange.setVariable("sink", sink);
        exchange.setVariable("lastId", lastId);
        // Shared by whatever the sink's route splits the list into.
        exchange.setVariable("rejected", new ConcurrentHashMap<String, String>());
        exchange.getMessage().setBody(events);
    }
}
