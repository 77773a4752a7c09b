package dev.wayside.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Knows what was accepted, by somebody other than the journal: whoever sent an event has noted it after it was accepted.
 * Judges what arrived. An event that was accepted and not noted, because the process was killed in between, may arrive.
 */
final class Oracle {
    private final Map<String, JsonNode> accepted = new LinkedHashMap<>();

    /**
     * Makes one.
     *
     * @param events flat, those of each camera in the order in which they were accepted
     */
    Oracle(List<JsonNode> events) {
        events.forEach(event -> accepted.put(event.get("id").asText(), event));
    }

    /**
     * A cell of the table.
     *
     * @param accepted how many events were noted
     * @param delivered how many of these arrived
     * @param refused how many are dead letters instead
     * @param duplicates entries too many in a table
     * @param repeated how often a message came again
     */
    record Cell(int accepted, int delivered, int refused, int duplicates, int repeated) {
        int lost() {
            return accepted - delivered - refused;
        }
    }

    int accepted() {
        return accepted.size();
    }

    /**
     * How many accepted events have not arrived.
     *
     * @param refused ids of events that must not
     */
    long missing(Target target, Set<String> refused) {
        Map<String, JsonNode> arrived = byKey(target.arrived());
        return owed(refused).stream()
                .filter(event -> !arrived.containsKey(target.expected(event).key()))
                .count();
    }

    private List<JsonNode> owed(Set<String> refused) {
        return accepted.values().stream()
                .filter(event -> !refused.contains(event.get("id").asText()))
                .toList();
    }

    /** Compares: what arrived must be equal to what was accepted, and come for the first time in each camera's order. */
    Cell judge(Target target, Set<String> refused) {
        List<Trace> all = target.arrived();
        Map<String, JsonNode> arrived = byKey(all);
        Map<String, JsonNode> owed = new LinkedHashMap<>();
        for (JsonNode event : owed(refused)) {
            Trace expected = target.expected(event);
            owed.put(expected.key(), event);
            if (arrived.containsKey(expected.key())) {
                assertEquals(expected.content(), arrived.get(expected.key()), target.sink() + " changed an event");
            }
        }
        assertEquals(owed(refused).size(), owed.size(), target.sink() + " takes two events for one");
        arrived.keySet().retainAll(owed.keySet());
        if (target.hasOrder()) {
            assertEquals(
                    perCamera(owed, new ArrayList<>(owed.keySet())),
                    perCamera(owed, new ArrayList<>(arrived.keySet())),
                    target.sink() + " changed the order");
        }
        int repeated = (int) all.stream()
                        .filter(trace -> owed.containsKey(trace.key()))
                        .count()
                - arrived.size();
        return new Cell(
                accepted.size(),
                arrived.size(),
                accepted.size() - owed.size(),
                target.duplicates(),
                target.hasOrder() ? repeated : 0);
    }

    private static Map<String, JsonNode> byKey(List<Trace> traces) {
        Map<String, JsonNode> byKey = new LinkedHashMap<>();
        traces.forEach(trace -> byKey.putIfAbsent(trace.key(), trace.content()));
        return byKey;
    }

    private static Map<String, List<String>> perCamera(Map<String, JsonNode> events, List<String> keys) {
        return keys.stream()
                .collect(Collectors.groupingBy(
                        key -> events.get(key).get("camera").asText(), HashMap::new, Collectors.toList()));
    }
}
