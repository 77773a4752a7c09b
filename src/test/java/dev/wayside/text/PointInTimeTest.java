package dev.wayside.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointInTimeTest {
    private final PointInTime times =
            new PointInTime(Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneId.of("Europe/Berlin")));

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T10:00:00Z, 2026-11-24T10:00:00Z",
        "2026-11-24T10:00:00.250Z, 2026-11-24T10:00:00.250Z",
        "2026-11-24T10:00Z, 2026-11-24T10:00:00Z",
        "2026-11-24T10:00:00+05:30, 2026-11-24T04:30:00Z",
        "2026-11-24 10:00:00+01:00, 2026-11-24T09:00:00Z",
        "2026-11-24T10:00, 2026-11-24T09:00:00Z",
        "2026-07-24T10:00, 2026-07-24T08:00:00Z",
        "2026-11-24 10:00:30, 2026-11-24T09:00:30Z",
        "2026-11-24, 2026-11-23T23:00:00Z",
        "now, 2026-11-24T12:00:00Z",
        "90s, 2026-11-24T11:58:30Z",
        "30m, 2026-11-24T11:30:00Z",
        "2h, 2026-11-24T10:00:00Z",
        "7d, 2026-11-17T12:00:00Z",
        "1d12h, 2026-11-23T00:00:00Z",
        "0s, 2026-11-24T12:00:00Z"
    })
    void parsesCommonNotations(String text, Instant expected) {
        assertEquals(expected, times.read("--from", text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "yesterday",
                "2h ago",
                "-2h",
                "2",
                "10:00",
                "24.11.2026",
                "2026-13-01",
                "2026-11-24T25:00",
                "1790000000",
                "12h1d",
                "99999999999h",
                "h"
            })
    void theMessageSaysWhatIsAllowed(String text) {
        String sentence = assertThrows(IllegalArgumentException.class, () -> times.read("--from", text))
                .getMessage();
        assertTrue(
                sentence.startsWith("--from is '" + text + "'; it must be a time such as 2026-11-24T10:00:00Z"),
                sentence);
    }

    @Test
    void theMessageNamesTheZone() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> times.read("--to", "x"))
                .getMessage()
                .contains("Europe/Berlin"));
    }
}
