package dev.wayside.config;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.text.IpAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The type of a setting: which values are allowed, and how they are parsed.
 *
 * @param <T> the Java type of a parsed value
 * @param allowed describes the allowed values; the words follow "must be"
 * @param reader parses a value; returns empty if the value is not allowed, or throws an {@link InvalidInputException} with
 *     a more specific reason, which follows the key's name
 * @param shown redacts secrets in a value
 */
public record Type<T>(String allowed, Function<String, Optional<T>> reader, Function<String, String> shown) {
    /** Control characters, and code points that Unicode reserves for internal use by programs. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}\\x{FDD0}-\\x{FDEF}\\x{FFFE}\\x{FFFF}]");

    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    Type(String allowed, Function<String, Optional<T>> reader) {
        this(allowed, reader, Function.identity());
    }

    /**
     * Reads a value.
     *
     * @throws InvalidInputException if it is none of the allowed ones
     */
    public T read(String value) {
        return reader.apply(value).orElseThrow(() -> new InvalidInputException("must be " + allowed));
    }

    /** Whether a value is allowed. */
    boolean accepts(String value) {
        try {
            return reader.apply(value).isPresent();
        } catch (InvalidInputException e) {
            return false;
        }
    }

    private static Type<String> text(String allowed, Predicate<String> accepts) {
        return new Type<>(allowed, value -> Optional.of(value).filter(accepts));
    }

    private static Type<String> matching(String allowed, String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return text(allowed, value -> compiled.matcher(value).matches());
    }

    /** For a key of a user's route; only the route knows which values make sense. */
    static Type<String> anyText() {
        return new Type<>(
                "any text, except characters that Unicode reserves for internal use by programs",
                value ->
                        Optional.of(value).filter(text -> text.codePoints().noneMatch(c -> c >= 0xFDD0 && c <= 0xFDEF)),
                ServerUrl::withoutSecrets);
    }

    /** Printable characters on one line, or empty. */
    static Type<String> line() {
        return text("any text on one line", value -> !UNPRINTABLE.matcher(value).find());
    }

    static Type<String> text() {
        return text(
                "text on one line, not empty",
                value -> !value.isBlank() && !UNPRINTABLE.matcher(value).find());
    }

    /** The name of a file or folder; whether it exists is checked when it is read. */
    static Type<String> file(String what) {
        return text(what, value -> text().accepts(value) && !isQuoted(value));
    }

    /** A name that can be part of an MQTT topic, a URL and a file name. */
    static Type<String> name() {
        return text(
                "1 to 64 letters, digits, `-` or `_`, beginning with a letter or digit",
                value -> NAME.matcher(value).matches());
    }

    static Type<List<String>> names() {
        return list(
                "distinct names separated by commas, each of letters, digits, `-` or `_`",
                name -> NAME.matcher(name).matches());
    }

    /** As {@link #names()}, or none. */
    static Type<List<String>> namesOrNone() {
        Type<List<String>> names = names();
        return new Type<>(
                names.allowed + ", or `none`",
                value -> value.equals("none") ? Optional.of(List.of()) : names.reader.apply(value));
    }

    /** Labels can be any text; a label that contains a comma is in double quotes. */
    static Type<List<String>> labels() {
        return list(
                "distinct labels separated by commas; a label that contains a comma in double quotes", line()::accepts);
    }

    /** Names of Camel's components, or none. */
    static Type<List<String>> componentNames() {
        String allowed = "names of components and languages separated by commas, or empty";
        return new Type<>(allowed, value -> Optional.of(CommaList.split(value))
                .filter(items -> items.stream().allMatch(name -> name.matches("[A-Za-z][A-Za-z0-9+.-]*"))));
    }

    private static Type<List<String>> list(String allowed, Predicate<String> accepts) {
        return new Type<>(allowed, value -> Optional.of(CommaList.split(value))
                .filter(items -> !items.isEmpty() && items.stream().allMatch(accepts))
                .filter(items -> items.stream().distinct().count() == items.size()));
    }

    /** The prefix of the name of an Elasticsearch index. */
    static Type<String> indexName() {
        return matching(
                "1 to 100 lower-case letters, digits, `-`, `_` or `.`, beginning with a letter or digit",
                "[a-z0-9][a-z0-9._-]{0,99}");
    }

    /** An MQTT topic that can be published to: no wildcards, no NUL, no empty level at the end. */
    static Type<String> topic() {
        return text(
                "an MQTT topic without `+`, `#` and spaces that does not end with `/`",
                value -> value.matches("[^+#\\s]{1,200}") && line().accepts(value) && !value.endsWith("/"));
    }

    /**
     * A topic that AWS IoT Core accepts: at most 256 bytes and seven slashes (AWS General Reference, "AWS IoT Core
     * endpoints and quotas"), and not one of the service's reserved topics.
     */
    static Type<String> awsTopic() {
        return text(
                "an MQTT topic of 1 to 256 letters, digits or `-_./:=@` with at most seven slashes, none of them at the"
                        + " beginning or end",
                value -> value.length() <= 256 && value.matches("[A-Za-z0-9_.:=@-]+(/[A-Za-z0-9_.:=@-]+){0,7}"));
    }

    /** The name of a thing in AWS IoT Core, which is also the client id. */
    static Type<String> thing() {
        return matching("the name of a thing, 1 to 128 letters, digits, `:`, `_` or `-`", "[A-Za-z0-9:_-]{1,128}");
    }

    static Type<String> hostName() {
        return matching("a host name without scheme and port", "[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
    }

    /** Names in a browser's address bar, or none. */
    static Type<List<String>> hostNames() {
        Type<List<String>> names = list(
                "distinct host names or addresses separated by commas, without scheme and port, or empty",
                name -> address().accepts(name));
        return new Type<>(names.allowed, value -> value.isEmpty() ? Optional.of(List.of()) : names.reader.apply(value));
    }

    /** An address on which a server can listen. */
    static Type<String> address() {
        return new Type<>("an address or host name of this machine, without scheme and port", value -> {
            String bare = IpAddress.withoutBrackets(value);
            if (!bare.equals(value) && IpAddress.isIpv6(bare)) {
                throw new InvalidInputException("is an IPv6 address in brackets; remove them: " + bare);
            }
            return Optional.of(value).filter(host -> HOST_NAME.matcher(host).matches() || IpAddress.isIpv6(host));
        });
    }

    static Type<Boolean> bool() {
        return new Type<>("`true` or `false`", value -> switch (value) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    static Type<String> oneOf(String... values) {
        return text("`" + String.join("` or `", values) + "`", Arrays.asList(values)::contains);
    }

    /** The QoS of events. An interrupted batch is sent again as new messages, so QoS 2 would not prevent duplicates. */
    static Type<Integer> eventQos() {
        return new Type<>(
                "0, with which events can be lost, or 1; 2 would not prevent duplicates, because an interrupted batch is"
                        + " sent again as new messages",
                value -> value.equals("0") || value.equals("1")
                        ? Optional.of(Integer.valueOf(value))
                        : Optional.empty());
    }

    static Type<Integer> whole(int least, int most) {
        return number(
                "a whole number from " + least + " to " + most,
                value -> value.matches("-?[0-9]{1,9}") ? Integer.valueOf(value) : null,
                number -> number >= least && number <= most);
    }

    static Type<Double> decimal(double least, double most) {
        return number(
                "a number from " + least + " to " + most,
                value -> value.matches("[0-9]{0,9}\\.?[0-9]{1,9}") ? Double.valueOf(value) : null,
                number -> number >= least && number <= most);
    }

    static Type<Duration> duration(Duration least, Duration most) {
        return number(
                "a duration from " + Quantities.words(least) + " to " + Quantities.words(most)
                        + ", such as 200ms, 5s, 2m, 1h or 7d",
                Quantities::duration,
                duration -> duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0);
    }

    static Type<Long> size(long least, long most) {
        return number(
                "a size from " + Quantities.words(least) + " to " + Quantities.words(most) + ", such as 64MB or 2GB",
                Quantities::size,
                size -> size >= least && size <= most);
    }

    private static <T> Type<T> number(String allowed, Function<String, T> parsed, Predicate<T> accepts) {
        return new Type<>(
                allowed, value -> Optional.ofNullable(parsed.apply(value)).filter(accepts));
    }

    /** A server's URL; {@code keys} names the keys for its user and password, as in "set mqtt.username and …". */
    static Type<ServerUrl> url(ServerUrl.Kind kind, String keys) {
        return new Type<>(
                kind.allowed(), value -> Optional.of(ServerUrl.parse(value, kind, keys)), ServerUrl::withoutSecrets);
    }

    /** The source of a camera's pictures; the camera itself checks the details. */
    static Type<String> source(String allowed) {
        return new Type<>(allowed, file(allowed).reader, ServerUrl::withoutSecrets);
    }

    /** This type, or a keyword such as {@code auto}, which is parsed as empty. */
    Type<Optional<T>> or(String word) {
        return new Type<>(
                "`" + word + "`, or " + allowed,
                value -> value.equals(word)
                        ? Optional.of(Optional.empty())
                        : reader.apply(value).map(Optional::of),
                shown);
    }

    /** This type, or an empty value. */
    static Type<String> orEmpty(Type<String> type) {
        return new Type<>(
                type.allowed + ", or empty",
                value -> value.isEmpty() ? Optional.of("") : type.reader.apply(value),
                type.shown);
    }

    /** Whether the value is in quotation marks, as if pasted from a shell or a compose file. */
    static boolean isQuoted(String value) {
        return value.length() > 1 && (value.matches("(?s)\".*\"") || value.matches("(?s)'.*'"));
    }
}
