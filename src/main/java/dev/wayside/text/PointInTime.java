package dev.wayside.text;

import dev.wayside.failure.InvalidInputException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses a point in time in the notations that people use on a command line. */
public final class PointInTime {
    private static final Pattern AGO =
            Pattern.compile("(?=\\d)(?:(\\d{1,5})d)?(?:(\\d{1,7})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?");

    private final Clock clock;

    /**
     * Makes a parser.
     *
     * @param clock for the current time, and for the zone of times without an offset
     */
    public PointInTime(Clock clock) {
        this.clock = clock;
    }

    /**
     * Parses an option's value, to the millisecond.
     *
     * @throws InvalidInputException if it is not a point in time; the message names the option and what is allowed
     */
    public Instant read(String option, String text) {
        String iso = text.strip().replaceFirst("(?<=\\d) (?=\\d)", "T");
        List<Function<String, Instant>> forms = List.of(
                this::ago,
                value -> OffsetDateTime.parse(value).toInstant(),
                value -> LocalDateTime.parse(value).atZone(clock.getZone()).toInstant(),
                value -> LocalDate.parse(value).atStartOfDay(clock.getZone()).toInstant());
        for (Function<String, Instant> form : forms) {
            try {
                return form.apply(iso).truncatedTo(ChronoUnit.MILLIS);
            } catch (DateTimeException e) {
                continue;
            }
        }
        throw new InvalidInputException(option + " is '" + text + "'; it must be a time such as"
                + " 2026-11-24T10:00:00Z, 2026-11-24T11:00:00+01:00, 2026-11-24T11:00 or 2026-11-24 (both in this"
                + " machine's zone, " + clock.getZone() + "), now, or how long ago: 90s, 30m, 2h, 1d12h.");
    }

    private Instant ago(String text) {
        if (text.equals("now")) {
            return clock.instant();
        }
        Matcher parts = AGO.matcher(text);
        if (!parts.matches()) {
            throw new DateTimeParseException("no duration", text, 0);
        }
        return clock.instant()
                .minus(Duration.ofDays(number(parts.group(1)))
                        .plusHours(number(parts.group(2)))
                        .plusMinutes(number(parts.group(3)))
                        .plusSeconds(number(parts.group(4))));
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
