package dev.wayside.api;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.journal.LabelCounts;
import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The time for which counts are asked, divided into spans of equal length.
 *
 * @param from inclusive, at the beginning of a span
 * @param to exclusive, at the end of a span
 * @param span as short as possible, so that there are at most 200
 */
record TimeRange(Instant from, Instant to, Duration span) {
    private static final int MOST_SPANS = 200;
    private static final Duration LONGEST = Duration.ofDays(32);
    /** Later years do not have four digits. */
    private static final Instant END_OF_TIME = Instant.parse("+10000-01-01T00:00:00Z");

    private static final Duration HOUR = Duration.ofHours(1);
    private static final List<Duration> SPANS = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            HOUR,
            Duration.ofHours(3),
            Duration.ofHours(6));

    private static final Map<String, Duration> NAMED =
            Map.of("hour", HOUR, "day", Duration.ofDays(1), "week", Duration.ofDays(7));

    /**
     * Reads {@code from} and {@code to}, or {@code range}, from the parameters of a request.
     *
     * @throws InvalidInputException if they are wrong; the message says what is allowed
     */
    static TimeRange of(MultiMap parameters, Instant now) {
        String from = parameters.get("from");
        String to = parameters.get("to");
        if (from == null && to == null) {
            return endingNow(parameters.contains("range") ? parameters.get("range") : "hour", now);
        }
        if (from == null || to == null || parameters.contains("range")) {
            throw new InvalidInputException("Give either range, or both from and to.");
        }
        return between(instant("from", from), instant("to", to), now);
    }

    private static TimeRange endingNow(String name, Instant now) {
        Duration length = NAMED.get(name);
        if (length == null) {
            throw new InvalidInputException("range is '" + name + "'; it must be one of "
                    + NAMED.keySet().stream().sorted().collect(Collectors.joining(", ")) + ".");
        }
        Duration span = span(now.minus(length), now, now);
        Instant end = roundedUp(now, span);
        return new TimeRange(end.minus(length), end, span);
    }

    private static TimeRange between(Instant from, Instant to, Instant now) {
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw new InvalidInputException("from must be before to, and at most " + LONGEST.toDays()
                    + " days before; they are " + from + " and " + to + ".");
        }
        Duration span = span(from, to, now);
        return new TimeRange(roundedDown(from, span), roundedUp(to, span), span);
    }

    /** The sums of single minutes are not kept for long. */
    private static Duration span(Instant from, Instant to, Instant now) {
        boolean onlyHours = from.isBefore(now.minus(LabelCounts.MINUTES_KEPT));
        return SPANS.stream()
                .filter(span -> !onlyHours || span.compareTo(HOUR) >= 0)
                .filter(span -> Duration.between(roundedDown(from, span), roundedUp(to, span))
                                .dividedBy(span)
                        <= MOST_SPANS)
                .findFirst()
                .orElse(SPANS.get(SPANS.size() - 1));
    }

    private static Instant instant(String name, String text) {
        try {
            Instant time = Instant.parse(text);
            if (!time.isBefore(Instant.EPOCH) && time.isBefore(END_OF_TIME)) {
                return time;
            }
        } catch (DateTimeException e) {
            throw wrong(name, text, e);
        }
        throw wrong(name, text, null);
    }

    private static InvalidInputException wrong(String name, String text, DateTimeException cause) {
        return new InvalidInputException(
                name + " is '" + text + "'; it must be a time in UTC from 1970 to 9999, such as 2026-11-23T10:15:00Z.",
                cause);
    }

    private static Instant roundedDown(Instant time, Duration span) {
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), span.toSeconds()) * span.toSeconds());
    }

    private static Instant roundedUp(Instant time, Duration span) {
        Instant down = roundedDown(time, span);
        return down.equals(time) ? down : down.plus(span);
    }
}
