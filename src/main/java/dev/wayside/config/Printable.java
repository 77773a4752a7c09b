package dev.wayside.config;

import java.util.regex.Pattern;

/** A text for one line of a terminal or a log. */
final class Printable {
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Cn}\\u2028\\u2029]");

    private Printable() {}

    /** Control characters and the like as {@code \\uXXXX}. */
    static String text(String text) {
        return UNPRINTABLE
                .matcher(text)
                .replaceAll(match -> String.format("\\\\u%04x", match.group().codePointAt(0)));
    }
}
