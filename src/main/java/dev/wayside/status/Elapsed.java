package dev.wayside.status;

import java.time.Duration;

/** Formats durations for people. */
public final class Elapsed {
    private Elapsed() {}

    /**
     * The two largest units of a duration, such as {@code 45 s}, {@code 2 min 5 s}, {@code 3 h} or {@code 1 d 13 h};
     * below one second, milliseconds.
     */
    public static String words(Duration elapsed) {
        if (elapsed.toDays() > 0) {
            return pair(elapsed.toDays(), "d", elapsed.toHoursPart(), "h");
        }
        if (elapsed.toHours() > 0) {
            return pair(elapsed.toHours(), "h", elapsed.toMinutesPart(), "min");
        }
        if (elapsed.toMinutes() > 0) {
            return pair(elapsed.toMinutes(), "min", elapsed.toSecondsPart(), "s");
        }
        return elapsed.toSeconds() > 0 ? elapsed.toSeconds() + " s" : elapsed.toMillis() + " ms";
    }

    private static String pair(long large, String largeUnit, long small, String smallUnit) {
        String words = large + " " + largeUnit;
        return small == 0 ? words : words + " " + small + " " + smallUnit;
    }
}
