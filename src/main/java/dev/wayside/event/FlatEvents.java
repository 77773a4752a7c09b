package dev.wayside.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Flattens events so that each fits every wire: AWS IoT Core takes 128 KB in one message, the smallest limit of all.
 * Objects are cut from the end, the least certain first, and {@code objects_dropped} says how many. Thread-safe.
 */
public final class FlatEvents {
    /** AWS IoT Core's limit for one message, bytes of UTF-8 JSON. */
    public static final int MOST_BYTES = 128 * 1024;

    private static final String OBJECTS = "objects";
    private static final String DROPPED = "objects_dropped";

    private final Flattener flattener;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * Makes a source of flat events.
     *
     * @param flattener joins the names
     */
    public FlatEvents(Flattener flattener) {
        this.flattener = flattener;
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
        if (size <= MOST_BYTES) {
            return flat;
        }
        return flattenFewer(event, size);
    }

    /** Finds by halving how many objects fit: each count tried costs one serialisation, and this is rare. */
    private Map<String, Object> flattenFewer(Map<String, ?> event, int size) {
        List<?> objects = event.get(OBJECTS) instanceof List<?> list ? list : List.of();
        Map<String, Object> best = null;
        int fits = 0;
        int tooMany = objects.size();
        while (fits < tooMany) {
            int tried = (fits + tooMany) / 2;
            Map<String, Object> flat = flattener.flatten(with(event, objects, tried));
            if (size(flat) <= MOST_BYTES) {
                best = flat;
                fits = tried + 1;
            } else {
                tooMany = tried;
            }
        }
        if (best == null) {
            throw new FlattenException("an event of " + size + " bytes is larger than " + MOST_BYTES
                    + ", the most that AWS IoT takes, even without its objects");
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
