package dev.wayside.processors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.journal.Journal;
import dev.wayside.journal.JournalException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Waits for a flat event's turn to be committed. The variable {@code group} becomes a JSON array of the events that this
 * exchange is to commit, its own among them, and {@code accepted} the journal's clock; both stay null when another
 * exchange has committed this event.
 */
public final class JoinCommit implements Processor {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Journal journal;

    /** Makes the step. */
    public JoinCommit(Journal journal) {
        this.journal = journal;
    }

    @Override
    public void process(Exchange exchange) throws JournalException, JsonProcessingException, InterruptedException {
        long accepted = journal.clock();
        // What an earlier step caught must not be taken for the commit's outcome.
        exchange.removeProperty(Exchange.EXCEPTION_CAUGHT);
        Optional<List<String>> group =
                journal.commits().join(json(exchange.getMessage().getBody()));
        exchange.setVariable(
                "group", group.map(rows -> "[" + String.join(",", rows) + "]").orElse(null));
        exchange.setVariable("accepted", group.isPresent() ? accepted : null);
    }

    /** An event without an id would have the whole group refused. */
    private static String json(Object body) throws JsonProcessingException {
        if (!(body instanceof Map<?, ?> event) || !(event.get("id") instanceof String)) {
            throw new IllegalArgumentException(
                    "The journal keeps flat events, maps with a text 'id'; this is " + kind(body) + ".");
        }
        return JSON.writeValueAsString(event);
    }

    private static String kind(Object body) {
        if (body == null) {
            return "nothing";
        }
        return body instanceof Map
                ? "a map without one"
                : "a " + body.getClass().getName();
    }
}
