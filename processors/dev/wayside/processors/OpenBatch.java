package dev.wayside.processors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.event.KeptEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
 *
 * <p>When a batch has failed, its events are read to their end before they are tried again; what is no whole JSON object
 * can be of no use to any sink, is left out, and its row's number stands in {@code unreadable}.
 */
public final class OpenBatch implements Processor {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A map from row's numbers to words. */
    static final String UNREADABLE = "unreadable";

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
        // First of all: with it, whatever fails stays failed.
        exchange.setVariable("sink", sink);
        List<?> rows = exchange.getMessage().getBody(List.class);
        Map<?, ?> first = (Map<?, ?>) rows.get(0);
        drain.opened(!NEW.equals(first.get("kind")), rows.size());
        List<Map<String, Object>> events = new ArrayList<>(rows.size());
        List<Object> ids = new ArrayList<>(rows.size());
        Map<Object, Object> rowOfEvent = new HashMap<>();
        Map<String, String> unreadable = new LinkedHashMap<>();
        for (Object each : rows) {
            Map<?, ?> row = (Map<?, ?>) each;
            KeptEvent event = new KeptEvent((String) row.get("json"));
            ids.add(row.get("id"));
            // Only after a failure: it would cost more than all the rest of an event.
            if (drain.isRetry() && !event.isWhole()) {
                unreadable.put(row.get("id").toString(), "what the journal has of this event is damaged");
            } else {
                events.add(event);
                rowOfEvent.put(event.get("id"), row.get("id"));
            }
        }
        exchange.setVariable("kind", first.get("kind"));
        exchange.setVariable("replay", first.get("replay"));
        exchange.setVariable("rows", rowOfEvent);
        exchange.setVariable("ids", JSON.writeValueAsString(ids));
        exchange.setVariable(UNREADABLE, unreadable);
        // Shared by whatever the sink's route splits the list into.
        exchange.setVariable("rejected", new ConcurrentHashMap<String, String>());
        exchange.getMessage().setBody(events);
    }
}
