package dev.wayside.config;

import dev.wayside.failure.InvalidInputException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a setting's value may be.
 *
 * @param allowed the allowed values in words, to follow "must be"
 * @param accepts whether a value is one of them
 */
public record Rule(String allowed, Predicate<String> accepts) {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(KB|MB|GB)");
    private static final long KILO = 1024;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    static Rule anyText() {
        return new Rule("any text", value -> true);
    }

    /** Camel would take two braces for a placeholder and a bracket for the end of a value that it must not touch. */
    static Rule secret() {
        return new Rule(
                "without '{{' and ')' when it is not in a file",
                value -> !value.contains("{{") && !value.contains(")"));
    }

    static Rule text() {
        return new Rule("some text", value -> !value.isBlank());
    }

    /** A name that may stand in an MQTT topic, a URL and a file name. */
    static Rule name() {
        return new Rule("1 to 64 letters, digits, '-' or '_', the first a letter or digit", value -> NAME.matcher(value)
                .matches());
    }

    /** The first part of the name of an Elasticsearch index. */
    static Rule indexName() {
        return new Rule(
                "1 to 100 small letters, digits, '-', '_' or '.', the first a letter or digit",
                value -> value.matches("[a-z0-9][a-z0-9._-]{0,99}"));
    }

    static Rule names() {
        return new Rule(
                "names with commas between them, each of letters, digits, '-' or '_', none twice",
                value -> Settings.split(value).stream()
                                .allMatch(name -> NAME.matcher(name).matches())
                        && unique(Settings.split(value))
                        && !Settings.split(value).isEmpty());
    }

    static Rule labels() {
        return new Rule(
                "labels with commas between them, none twice",
                value -> !Settings.split(value).isEmpty() && unique(Settings.split(value)));
    }

    static Rule bool() {
        return oneOf("true", "false");
    }

    static Rule oneOf(String... values) {
        return new Rule(String.join(" or ", values), Arrays.asList(values)::contains);
    }

    /** What events are sent with. Of QoS 2 nothing would be left where a batch that was interrupted is sent again. */
    static Rule eventQos() {
        return new Rule(
                "0, by which events may be lost, or 1; 2 would not keep an event from coming twice, since a batch that"
                        + " was interrupted is sent again as new messages",
                List.of("0", "1")::contains);
    }

    static Rule whole(int least, int most) {
        return new Rule("a whole number from " + least + " to " + most, value -> {
            try {
                int number = Integer.parseInt(value);
                return number >= least && number <= most;
            } catch (NumberFormatException e) {
                return false;
            }
        });
    }

    static Rule decimal(double least, double most) {
        return new Rule("a number from " + least + " to " + most, value -> {
            try {
                double number = Double.parseDouble(value);
                return number >= least && number <= most;
            } catch (NumberFormatException e) {
                return false;
            }
        });
    }

    static Rule duration(Duration least, Duration most) {
        return new Rule(
                "a duration from " + words(least) + " to " + words(most) + ", such as 200ms, 5s, 2m, 1h or 7d",
                value -> DURATION.matcher(value).matches()
                        && parseDuration(value).compareTo(least) >= 0
                        && parseDuration(value).compareTo(most) <= 0);
    }

    static Rule size(long least, long most) {
        return new Rule(
                "a size from " + sizeWords(least) + " to " + sizeWords(most) + ", such as 64MB or 2GB",
                value -> SIZE.matcher(value).matches() && parseSize(value) >= least && parseSize(value) <= most);
    }

    static Rule uri(String... schemes) {
        return new Rule(
                "a URL that begins with " + String.join("://, ", schemes)
                        + ":// and names a host, with a port where it is not the usual one",
                value -> {
                    try {
                        URI uri = new URI(value);
                        return Arrays.asList(schemes).contains(uri.getScheme()) && uri.getHost() != null;
                    } catch (URISyntaxException e) {
                        return false;
                    }
                });
    }

    /** An MQTT topic that can be published to: no wildcards, no NUL, no empty level at either end. */
    static Rule topic() {
        return new Rule(
                "an MQTT topic without '+', '#', a space or a '/' at its end",
                value -> value.matches("[^+#\\u0000\\s]{1,200}") && !value.endsWith("/"));
    }

    /**
     * A topic as AWS IoT Core takes it: 256 bytes and seven slashes at the most (AWS General Reference, "AWS IoT Core
     * endpoints and quotas"), none of the service's own.
     */
    static Rule awsTopic() {
        return new Rule(
                "an MQTT topic of 1 to 256 letters, digits or -_./:=@ with seven slashes at the most,"
                        + " none at its beginning or end",
                value -> value.matches("[A-Za-z0-9_.:=@-]{1,256}(/[A-Za-z0-9_.:=@-]+){0,7}") && value.length() <= 256);
    }

    /** The name of a thing in AWS IoT Core, which is the client id as well. */
    static Rule thing() {
        return new Rule(
                "the name of a thing, 1 to 128 letters, digits, ':', '_' or '-'",
                value -> value.matches("[A-Za-z0-9:_-]{1,128}"));
    }

    static Rule hostName() {
        return new Rule(
                "a host name without scheme and port",
                value -> value.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?"));
    }

    Rule or(String literal) {
        return new Rule(literal + ", or " + allowed, value -> value.equals(literal) || accepts.test(value));
    }

    Rule orEmpty() {
        return new Rule(allowed + ", or empty", value -> value.isEmpty() || accepts.test(value));
    }

    static boolean isDuration(String value) {
        return DURATION.matcher(value).matches();
    }

    /**
     * Reads a duration such as {@code 200ms}, {@code 5s}, {@code 2m}, {@code 1h} or {@code 7d}.
     *
     * @throws InvalidInputException if it is none
     */
    static Duration parseDuration(String value) {
        Matcher matcher = DURATION.matcher(value);
        if (!matcher.matches()) {
            throw new InvalidInputException("'" + value + "' is no duration such as 200ms, 5s, 2m, 1h or 7d");
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

    /**
     * Reads a size such as {@code 64MB}; a KB is 1024 bytes.
     *
     * @throws InvalidInputException if it is none
     */
    static long parseSize(String value) {
        Matcher matcher = SIZE.matcher(value);
        if (!matcher.matches()) {
            throw new InvalidInputException("'" + value + "' is no size such as 64MB or 2GB");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "KB" -> amount * KILO;
            case "MB" -> amount * KILO * KILO;
            default -> amount * KILO * KILO * KILO;
        };
    }

    private static String sizeWords(long bytes) {
        long mega = bytes / KILO / KILO;
        if (mega == 0) {
            return bytes / KILO + "KB";
        }
        return mega >= KILO ? mega / KILO + "GB" : mega + "MB";
    }

    private static String words(Duration duration) {
        if (duration.toMillisPart() != 0) {
            return duration.toMillis() + "ms";
        }
        if (duration.toDays() > 0 && duration.equals(Duration.ofDays(duration.toDays()))) {
            return duration.toDays() + "d";
        }
        return duration.toSeconds() + "s";
    }

    private static boolean unique(List<String> values) {
        return values.stream().distinct().count() == values.size();
    }
}
