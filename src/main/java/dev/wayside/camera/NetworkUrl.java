package dev.wayside.camera;

import dev.wayside.failure.InvalidInputException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The url of a network camera, taken apart and checked. {@code java.net.URI} refuses what cameras and container networks
 * have, such as hosts with an underscore.
 *
 * @param scheme in small letters, since FFmpeg knows no other
 * @param user user and password, percent-encoded; null without
 * @param host a name or an address, without brackets
 * @param port 0 where the url gives none
 * @param target path and query; may be empty
 */
record NetworkUrl(String scheme, String user, String host, int port, String target) {
    private static final Pattern URL = Pattern.compile("([A-Za-z]+)://([^/?#\\\\]*)(.*)");
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:([^@]*)@)?(\\[[0-9A-Fa-f:.]+(?:%[\\w.~-]+)?]|[\\p{L}\\p{N}._-]+)(?::(\\d{1,5}))?");
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final int HIGHEST_PORT = 65535;

    /**
     * Takes a url apart.
     *
     * @throws InvalidInputException if it is none; the message shows nothing of it but the scheme, since nobody knows where
     *     in it the password is
     */
    static NetworkUrl parse(String text) {
        Matcher url = URL.matcher(text);
        if (url.matches() && text.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
            Matcher authority = AUTHORITY.matcher(url.group(2));
            // An '@' behind the host is most likely the end of a password with a '/' in it.
            if (authority.matches() && url.group(3).indexOf('@') < 0) {
                String user = authority.group(1);
                int port = authority.group(3) == null ? 0 : Integer.parseInt(authority.group(3));
                boolean portGood = authority.group(3) == null || port >= 1 && port <= HIGHEST_PORT;
                if (portGood && (user == null || !BAD_ESCAPE.matcher(user).find())) {
                    return new NetworkUrl(
                            url.group(1).toLowerCase(Locale.ROOT),
                            user == null ? null : encode(user, NetworkUrl::plainInUser),
                            authority.group(2).replaceAll("[\\[\\]]", "").replace("%25", "%"),
                            port,
                            encode(url.group(3), NetworkUrl::plainInTarget));
                }
            }
        }
        throw new InvalidInputException(
                "'" + text.substring(0, text.indexOf("://") + 3) + "…' is no url with a host and,"
                        + " if any, a port from 1 to 65535: write it like rtsp://user:password@host:554/path, and in user and"
                        + " password percent-encode / ? # @ : % and spaces (%2F %3F %23 %40 %3A %25 %20). An @ elsewhere is %40"
                        + " as well; an IPv6 address stands in [ ]");
    }

    /** Quotes are encoded, too: they would end the url in FFmpeg's log, before its secrets do. */
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

    /** Host and, if given, port, as in the url. */
    String endpoint() {
        String shown = host.contains(":") ? "[" + host + "]" : host;
        return port == 0 ? shown : shown + ":" + port;
    }

    /** The whole url, with its secrets. */
    String text() {
        return scheme + "://" + (user == null ? "" : user + "@") + endpoint() + target;
    }

    /** The user's name, decoded; empty without. */
    String userName() {
        return user == null ? "" : decode(user.split(":", 2)[0]);
    }

    /** The password, decoded; empty without. */
    String password() {
        return user == null || !user.contains(":") ? "" : decode(user.split(":", 2)[1]);
    }

    private static String decode(String encoded) {
        // The decoder is for forms, where a plus is a space.
        return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Without user and password, however it is printed. */
    @Override
    public String toString() {
        return Redaction.url(text());
    }
}
