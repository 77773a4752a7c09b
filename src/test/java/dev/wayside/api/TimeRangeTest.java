package dev.wayside.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.wayside.failure.InvalidInputException;
import io.vertx.core.MultiMap;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeRangeTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:34:56.789Z");

    @ParameterizedTest
    @CsvSource({
        "hour, 2026-11-23T11:35:00Z, 2026-11-23T12:35:00Z, PT1M",
        "day, 2026-11-22T12:40:00Z, 2026-11-23T12:40:00Z, PT10M",
        "week, 2026-11-16T13:00:00Z, 2026-11-23T13:00:00Z, PT1H",
    })
    void endsWithTheCurrentSpan(String name, String from, String to, String span) {
        assertEquals(
                from + " " + to + " " + span,
                text(MultiMap.caseInsensitiveMultiMap().add("range", name)));
    }

    @ParameterizedTest
    @CsvSource({
        // Three hours of today, in minutes.
        "2026-11-23T08:00:30Z, 2026-11-23T11:00:30Z, 2026-11-23T08:00:00Z, 2026-11-23T11:01:00Z, PT1M",
        // 201 minutes, because neither end is at a full one.
        "2026-11-23T08:00:30Z, 2026-11-23T11:20:30Z, 2026-11-23T08:00:00Z, 2026-11-23T11:22:00Z, PT2M",
        "2026-11-23T06:00:00Z, 2026-11-23T12:00:00Z, 2026-11-23T06:00:00Z, 2026-11-23T12:00:00Z, PT2M",
        // Three hours of last week, of which only the hours are known.
        "2026-11-17T08:30:00Z, 2026-11-17T11:30:00Z, 2026-11-17T08:00:00Z, 2026-11-17T12:00:00Z, PT1H",
        "2026-10-23T00:00:00Z, 2026-11-23T00:00:00Z, 2026-10-23T00:00:00Z, 2026-11-23T00:00:00Z, PT6H",
    })
    void hasTheShortestSpanThatIsKnownAndFits(String from, String to, String first, String end, String span) {
        assertEquals(first + " " + end + " " + span, text(between(from, to)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-23|2026-11-24|from is '2026-11-23'; it must be a time in UTC from 1970 to 9999, such as"
                        + " 2026-11-23T10:15:00Z.",
                "+1000000000-12-31T23:00:00Z|2026-11-24T00:00:00Z|from is '+1000000000-12-31T23:00:00Z'; it must be a time"
                        + " in UTC from 1970 to 9999, such as 2026-11-23T10:15:00Z.",
                "2026-11-23T12:00:00Z|2026-11-23T12:00:00Z|from must be before to, and at most 32 days before;"
                        + " they are 2026-11-23T12:00:00Z and 2026-11-23T12:00:00Z.",
                "1970-01-01T00:00:00Z|2026-11-23T12:00:00Z|from must be before to, and at most 32 days before;"
                        + " they are 1970-01-01T00:00:00Z and 2026-11-23T12:00:00Z.",
            })
    void saysWhatIsWrong(String from, String to, String message) {
        assertEquals(message, refusal(between(from, to)));
    }

    @Test
    void namesTheRanges() {
        assertEquals(
                "range is 'year'; it must be one of day, hour, week.",
                refusal(MultiMap.caseInsensitiveMultiMap().add("range", "year")));
        assertEquals(
                "Give either range, or both from and to.",
                refusal(MultiMap.caseInsensitiveMultiMap().add("from", NOW.toString())));
    }

    private static MultiMap between(String from, String to) {
        return MultiMap.caseInsensitiveMultiMap().add("from", from).add("to", to);
    }

    private static String text(MultiMap parameters) {
        TimeRange range = TimeRange.of(parameters, NOW);
        return range.from() + " " + range.to() + " " + range.span();
    }

    private static String refusal(MultiMap parameters) {
        return assertThrows(InvalidInputException.class, () -> TimeRange.of(parameters, NOW))
                .getMessage();
    }
}
