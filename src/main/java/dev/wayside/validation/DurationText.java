package dev.wayside.validation;

import java.util.regex.Pattern;

/** Durations as Camel's options accept them. Camel itself takes any other text for zero. */
public final class DurationText {
    /** What to write instead of an invalid one. */
    public static final String ALLOWED = "a duration, such as 500 (milliseconds), 5s or 2m";

    private static final Pattern VALID = Pattern.compile("-?\\d+|(?:\\d+(?:ms|[dhms]))+|[pP].*");

    private DurationText() {}

    /** Whether it is a number of milliseconds, a number of days, hours, minutes, seconds or milliseconds, or in ISO 8601. */
    public static boolean isValid(String text) {
        return VALID.matcher(text).matches();
    }
}
