package dev.wayside.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Flattens events and keeps them within the smallest message limit of all sinks: AWS IoT Core's 128 KB. If an event is
 * larger, objects are dropped from the end of the list, where the scores are lowest, and {@code objects_dropped} counts
 * them. Thread-safe.
 */
public final class FlatEvents {
    /** AWS IoT Core's limit for one message, bytes of UTF-8 JSON. */
    static final int MAX_BYTES = 128 * 1024;

    private static final String OBJECTS = "objects";
    private static final String DROPPED = "objects_dropped";

    private final Flattener flattener;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * Joins the parts of a name with this separator.
     *
     * @param separator separates the parts of a name, such as {@code _}
     */
    public FlatEvents(String separator) {
        this.flattener = new Flattener(separator);
    }

    /**
     * Flattens one event.
     *
     * @param event of the form {@code wayside.event/1}, or any nested object
     * @return one level, at most 128 KB as JSON
     * @throws FlattenException if names collide, or if it is too large even without its objects
     */
    public Map<String, Object> flatten(Map<String, ?> event) {
        Map<String, Object> flat = flattener.flatten(event);
        int size = size(flat);
        if (size <= MAX_BYTES) {
            return flat;
        }
        return flattenFewer(event, size);
    }

    /** The flat name of a label's count, such as {@code car_count}; for an empty label, the end of all these names. */
    public String countKey(String label) {
        return flattener.countKey(label);
    }

    /** Finds by binary search how many objects fit. Each step costs one serialisation, but this is rare. */
    private Map<String, Object> flattenFewer(Map<String, ?> event, int size) {
        List<?> objects = event.get(OBJECTS) instanceof List<?> list ? list : List.of();
        Map<String, Object> best = null;
        int fits = 0;
        int tooMany = objects.size();
        while (fits < tooMany) {
            int tried = (fits + tooMany) / 2;
            Map<String, Object> flat = flattener.flatten(with(event, objects, tried));
            if (size(flat) <= MAX_BYTES) {
                best = flat;
                fits = tried + 1;
            } else {
                tooMany = tried;
            }
        }
        if (best == null) {
            throw new FlattenException("an event of " + size + " bytes exceeds AWS IoT Core's limit of " + MAX_BYTES
                    + " bytes, even without its objects");
        }
        return best;
    }

    private static Map<String, Object> with(Map<String, ?> event, List<?> objects, int kept) {
        Map<String, Object> smaller = new LinkedHashMap<>(event);
        smaller.put(OBJECTS, objects.subList(0, kept));
        int before = event.get(DROPPED) instanceof Number number ? number.intValue() : 0;
        smaller.put(DROPPED, before + objects.size() - kept);
        return smaller;
    }

    private int size(Map<String, Object> flat) {
        try {
            return json.writeValueAsBytes(flat).length;
        } catch (JsonProcessingException e) {
            throw new FlattenException("an event cannot be written as JSON: " + e.getOriginalMessage());
        }
    }
}
