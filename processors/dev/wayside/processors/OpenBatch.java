package dev.wayside.processors;

import dev.wayside.event.KeptEvent;
import java.util.ArrayList;
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
    public void process(Exchange exchange) {
        List<?> rows = exchange.getMessage().getBody(List.class);
        List<Map<String, Object>> events = new ArrayList<>(rows.size());
        Object lastId = null;
        for (Object each : rows) {
            Map<?, ?> row = (Map<?, ?>) each;
            events.add(new KeptEvent((String) row.get("json")));
            lastId = row.get("id");
        }
        exchange.setVariable("sink", sink);
        exchange.setVariable("lastId", lastId);
        // Shared by whatever the sink's route splits the list into.
        exchange.setVariable("rejected", new ConcurrentHashMap<String, String>());
        exchange.getMessage().setBody(events);
    }
}
