package dev.wayside.influxdb;

import dev.wayside.event.FlatEvents;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.influxdb.dto.Point;

/**
 * Converts a flat event to a point: measurement {@code detections}, tags {@code device} and {@code camera}, a field for
 * each count (integer) and {@code inference_ms} (float), at the event's time in nanoseconds.
 *
 * <p>InfluxDB keeps one point for each time and set of tags. Event times have a resolution of milliseconds, and recur
 * when the clock is set back. Therefore the nanoseconds below the millisecond are the event's {@code sequence} modulo a
 * million. The same event always gives the same point.
 */
public final class EventPoints {
    private static final String MEASUREMENT = "detections";
    private static final String INFERENCE = "inference_ms";
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    /** InfluxDB's limit for a key or a tag value, in bytes. */
    private static final int LONGEST_TEXT = 65_535;

    private final String countSuffix;

    /**
     * Converts events that were flattened with this separator.
     *
     * @param separator the text before {@code count} in the names of counts
     */
    public EventPoints(String separator) {
        this.countSuffix = new FlatEvents(separator).countKey("");
    }

    /**
     * The point with the event's tags, fields and time.
     *
     * @throws IllegalArgumentException if the event cannot be a point; the message names the key and says what is wrong
     */
    public Point point(Map<String, Object> event) {
        Point.Builder point = Point.measurement(MEASUREMENT)
                .time(nanoseconds(event), TimeUnit.NANOSECONDS)
                .tag("device", tag(event, "device"))
                .tag("camera", tag(event, "camera"));
        event.forEach((key, value) -> addField(point, key, value));
        if (!point.hasFields()) {
            throw new IllegalArgumentException("the event has no count and no inference time: nothing to store");
        }
        return point.build();
    }

    private void addField(Point.Builder point, String key, Object value) {
        // This name does not come from flattening, so it has no separator.
        if (key.equals(INFERENCE)) {
            point.addField(INFERENCE, number(key, value).doubleValue());
        } else if (key.endsWith(countSuffix)) {
            Number count = number(key, value);
            if (count.doubleValue() != Math.rint(count.doubleValue())) {
                throw new IllegalArgumentException(key + " is " + value + "; a count must be a whole number");
            }
            String label = key.substring(0, key.length() - countSuffix.length());
            if (label.length() > LONGEST_TEXT / 4) {
                throw new IllegalArgumentException("the name of a count has " + label.length() + " characters");
            }
            point.addField(label + "_count", count.longValue());
        }
    }

    private static Number number(String key, Object value) {
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number;
        }
        throw new IllegalArgumentException(key + " is '" + value + "'; it must be a number");
    }

    private static String tag(Map<String, Object> event, String key) {
        Object value = event.get(key);
        if (value instanceof String text && !text.isEmpty() && text.length() <= LONGEST_TEXT / 4) {
            return text;
        }
        throw new IllegalArgumentException(key + " must be a text of 1 to " + LONGEST_TEXT / 4 + " characters");
    }

    private static long nanoseconds(Map<String, Object> event) {
        Instant time;
        try {
            time = Instant.parse(String.valueOf(event.get("time")));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "time is '" + event.get("time") + "'; it must be like 2026-11-23T10:15:30.123Z", e);
        }
        long nanos;
        try {
            nanos = Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS_PER_SECOND), time.getNano());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("time is " + time + "; InfluxDB supports the years 1677 to 2262", e);
        }
        boolean millisecondsOnly = nanos % NANOS_PER_MILLI == 0;
        return millisecondsOnly && event.get("sequence") instanceof Number sequence
                ? nanos + Math.floorMod(sequence.longValue(), NANOS_PER_MILLI)
                : nanos;
    }
}
