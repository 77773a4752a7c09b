package dev.wayside.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses and formats durations and sizes in the notation of the settings. */
final class Quantities {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(KB|MB|GB)");
    private static final long KILO = 1024;

    private Quantities() {}

    /** Reads {@code 200ms}, {@code 5s}, {@code 2m}, {@code 1h} or {@code 7d}; null for anything else. */
    static Duration duration(String value) {
        Matcher matcher = DURATION.matcher(value);
        if (!matcher.matches()) {
            return null;
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /** Reads a size such as {@code 64MB} in bytes, a KB being 1024 of them; null for anything else. */
    static Long size(String value) {
        Matcher matcher = SIZE.matcher(value);
        if (!matcher.matches()) {
            return null;
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "KB" -> amount * KILO;
            case "MB" -> amount * KILO * KILO;
            default -> amount * KILO * KILO * KILO;
        };
    }

    static String words(long bytes) {
        long mega = bytes / KILO / KILO;
        if (mega == 0) {
            return bytes / KILO + "KB";
        }
        return mega >= KILO ? mega / KILO + "GB" : mega + "MB";
    }

    static String words(Duration duration) {
        if (duration.toMillisPart() != 0) {
            return duration.toMillis() + "ms";
        }
        if (duration.toDays() > 0 && duration.equals(Duration.ofDays(duration.toDays()))) {
            return duration.toDays() + "d";
        }
        if (duration.toHours() > 0 && duration.equals(Duration.ofHours(duration.toHours()))) {
            return duration.toHours() + "h";
        }
        return duration.toSecondsPart() == 0 && duration.toMinutes() > 0
                ? duration.toMinutes() + "m"
                : duration.toSeconds() + "s";
    }
}
