package dev.wayside.camera;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.text.IpAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parsed and checked URL of a network camera. {@code java.net.URI} refuses URLs that occur in practice, such as
 * hosts with an underscore.
 *
 * @param scheme in lower case, because FFmpeg accepts no other
 * @param user user and password, percent-encoded; null if there are none
 * @param host a name or an address, without brackets
 * @param port 0 if the URL has none
 * @param target path and query; may be empty
 */
record NetworkUrl(String scheme, String user, String host, int port, String target) {
    private static final Pattern URL = Pattern.compile("([A-Za-z]+)://([^/?#\\\\]*)(.*)");
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:([^@]*)@)?(\\[[^\\]]*]|[\\p{L}\\p{N}._-]+)(?::(\\d{1,5}))?");
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final int HIGHEST_PORT = 65535;

    /**
     * Parses a URL.
     *
     * @throws InvalidInputException if it is invalid; the message shows only its scheme, because it is unknown where in
     *     it the password is
     */
    static NetworkUrl parse(String text) {
        Matcher url = URL.matcher(text);
        if (url.matches() && text.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
            Matcher authority = AUTHORITY.matcher(url.group(2));
            // An '@' after the host most likely ends a password that contains a '/'.
            if (authority.matches()
                    && isHost(authority.group(2))
                    && url.group(3).indexOf('@') < 0) {
                String user = authority.group(1);
                int port = authority.group(3) == null ? 0 : Integer.parseInt(authority.group(3));
                boolean portGood = authority.group(3) == null || port >= 1 && port <= HIGHEST_PORT;
                if (portGood && (user == null || !BAD_ESCAPE.matcher(user).find())) {
                    return new NetworkUrl(
                            url.group(1).toLowerCase(Locale.ROOT),
                            user == null ? null : encode(user, NetworkUrl::plainInUser),
                            IpAddress.withoutBrackets(authority.group(2)).replace("%25", "%"),
                            port,
                            encode(url.group(3), NetworkUrl::plainInTarget));
                }
            }
        }
        throw new InvalidInputException(
                "'" + text.substring(0, text.indexOf("://") + 3) + "…' is not a valid URL: it needs a host and may"
                        + " have a port from 1 to 65535, like rtsp://user:password@host:554/path. In user and"
                        + " password, percent-encode / ? # @ : % and spaces (%2F %3F %23 %40 %3A %25 %20). Write an"
                        + " @ elsewhere as %40, too, and an IPv6 address in [ ]");
    }

    private static boolean isHost(String written) {
        return !written.startsWith("[") || IpAddress.isIpv6(IpAddress.withoutBrackets(written));
    }

    /** Also encodes quotes: in FFmpeg's log, they would end the URL before the end of its secrets. */
    private static String encode(String text, IntPredicate plain) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            if (plain.test(each)) {
                encoded.append((char) each);
            } else {
                encoded.append(String.format("%%%02X", each & 0xFF));
            }
        }
        return encoded.toString();
    }

    private static boolean plainInUser(int c) {
        return c > 0 && (Character.isLetterOrDigit(c) || "-._~!$&()*+,;=:%".indexOf(c) >= 0);
    }

    private static boolean plainInTarget(int c) {
        return c > ' ' && "\"'<>`{}".indexOf(c) < 0;
    }

    /** The host, and the port if the URL has one. */
    String endpoint() {
        String shown = host.contains(":") ? "[" + host + "]" : host;
        return port == 0 ? shown : shown + ":" + port;
    }

    /** The whole URL, including its secrets. */
    String text() {
        return scheme + "://" + (user == null ? "" : user + "@") + endpoint() + target;
    }

    /** The user's name, decoded; empty if there is none. */
    String userName() {
        return user == null ? "" : decode(user.split(":", 2)[0]);
    }

    /** The password, decoded; empty if there is none. */
    String password() {
        return user == null || !user.contains(":") ? "" : decode(user.split(":", 2)[1]);
    }

    private static String decode(String encoded) {
        // URLDecoder is for forms, where a plus means a space.
        return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The URL without its secrets. */
    @Override
    public String toString() {
        return Redaction.url(text());
    }
}
