package dev.wayside.config;

import java.util.regex.Pattern;

/** Makes a text safe to print on one line of a terminal or a log. */
final class Printable {
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Cn}\\u2028\\u2029]");

    private Printable() {}

    /** Escapes control characters and other unprintable ones as {@code \\uXXXX}. */
    static String text(String text) {
        return UNPRINTABLE
                .matcher(text)
                .replaceAll(match -> String.format("\\\\u%04x", match.group().codePointAt(0)));
    }
}
