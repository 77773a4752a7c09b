package dev.wayside.event;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/**
 * Turns a nested object into one level: names are joined by a separator, arrays are numbered from 0, types are kept,
 * nulls and empty containers are left out. {@code count.car} becomes {@code car_count}, as SMARTER spelled it.
 *
 * <p>AWS IoT's {@code dynamoDBv2} action, InfluxDB and Kibana need one level. Immutable and thread-safe.
 */
final class Flattener {
    private static final String COUNT = "count";
    private static final int MAX_DEPTH = 64;

    private final String separator;

    /**
     * Joins the parts of a name with this separator.
     *
     * @param separator separates the parts of a name, such as {@code _}
     */
    Flattener(String separator) {
        this.separator = separator;
    }

    /**
     * Flattens one object.
     *
     * @param nested maps with text keys, lists, arrays and plain values, at most 64 levels deep
     * @return a new map in the order of the nested one
     * @throws FlattenException if two values get the same name, if a value is not text, a number or a boolean, or if
     *     the object is nested too deeply (or contains itself)
     */
    Map<String, Object> flatten(Map<String, ?> nested) {
        Map<String, Object> flat = new LinkedHashMap<>();
        nested.forEach((key, value) -> {
            if (COUNT.equals(key) && value instanceof Map<?, ?> counts) {
                counts.forEach((label, count) -> add(flat, countKey(String.valueOf(label)), count, 1));
            } else {
                add(flat, key, value, 1);
            }
        });
        return flat;
    }

    /**
     * The flat name of a label's count: {@code car} is {@code car_count}, {@code traffic light} is
     * {@code traffic_light_count}.
     */
    String countKey(String label) {
        return label.strip().replaceAll("\\s+", Matcher.quoteReplacement(separator)) + separator + COUNT;
    }

    private void add(Map<String, Object> flat, String name, Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new FlattenException("'" + name.substring(0, Math.min(40, name.length()))
                    + "…' is nested deeper than " + MAX_DEPTH + " levels");
        }
        if (value == null) {
            return;
        }
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, child) -> add(flat, name + separator + key, child, depth + 1));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                add(flat, name + separator + i, list.get(i), depth + 1);
            }
        } else if (value instanceof Object[] array) {
            add(flat, name, List.of(array), depth);
        } else if (value instanceof CharSequence || value instanceof Number || value instanceof Boolean) {
            put(flat, name, value);
        } else {
            throw new FlattenException("'" + name + "' holds a "
                    + value.getClass().getSimpleName() + "; only text, numbers and booleans can be sent");
        }
    }

    private static void put(Map<String, Object> flat, String name, Object value) {
        if (name.isEmpty()) {
            throw new FlattenException("a value has no name");
        }
        if (value instanceof Number number && !Double.isFinite(number.doubleValue())) {
            throw new FlattenException("'" + name + "' is " + number + ", which JSON cannot represent");
        }
        Object other = flat.putIfAbsent(name, value);
        if (other != null) {
            throw new FlattenException("two values flatten to the name '" + name
                    + "'; rename one of them or choose another flatten.separator");
        }
    }
}
