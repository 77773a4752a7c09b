package dev.wayside.processors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.event.KeptEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Turns rows of the journal, all of one kind and each with {@code id} and {@code json}, into a list of flat events. The
 * variable {@code kind} becomes {@code new}, {@code replay} or {@code retry}, {@code replay} the replay's number or 0,
 * {@code ids} the rows' numbers as a JSON array, {@code rows} a map from the events' ids to these, {@code sink} the
 * sink's name, {@code rejected} an empty map for what the sink refuses for good: event ids and the server's words.
 */
public final class OpenBatch implements Processor {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String NEW = "new";

    private final String sink;
    private final Drain drain;

    /**
     * Makes the step.
     *
     * @param sink whose batch this is
     * @param drain that reads the batches, and gets to know what each of them is
     */
    public OpenBatch(String sink, Drain drain) {
        this.sink = sink;
        this.drain = drain;
    }

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        List<?> rows = exchange.getMessage().getBody(List.class);
        List<Map<String, Object>> events = new ArrayList<>(rows.size());
        List<Object> ids = new ArrayList<>(rows.size());
        Map<Object, Object> rowOfEvent = new HashMap<>();
        for (Object each : rows) {
            Map<?, ?> row = (Map<?, ?>) each;
            Map<String, Object> event = new KeptEvent((String) row.get("json"));
            events.add(event);
            ids.add(row.get("id"));
            rowOfEvent.put(event.get("id"), row.get("id"));
        }
        exchange.setVariable("sink", sink);
        Map<?, ?> first = (Map<?, ?>) rows.get(0);
        drain.opened(!NEW.equals(first.get("kind")), rows.size());
        exchange.setVariable("kind", first.get("kind"));
        exchange.setVariable("replay", first.get("replay"));
        exchange.setVariable("rows", rowOfEvent);
        exchange.setVariable("ids", JSON.writeValueAsString(ids));
        // Shared by whatever the sink's route splits the list into.
        exchange.setVariable("rejected", new ConcurrentHashMap<String, String>());
        exchange.getMessage().setBody(events);
    }
}
