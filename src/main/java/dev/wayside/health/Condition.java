package dev.wayside.health;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a part is at one moment.
 *
 * @param good whether it works
 * @param reason why it does not, as a sentence; null if it works
 * @param data plain values without secrets
 */
public record Condition(boolean good, String reason, Map<String, Object> data) {
    /** Copies the data without nulls. */
    public Condition {
        Map<String, Object> known = new LinkedHashMap<>(data);
        known.values().removeIf(value -> value == null);
        data = Collections.unmodifiableMap(known);
    }

    /** It works, or nothing uses it. */
    public static Condition good(Map<String, Object> data) {
        return new Condition(true, null, data);
    }

    /** It does not work. */
    public static Condition bad(String reason, Map<String, Object> data) {
        return new Condition(false, reason, data);
    }
}
