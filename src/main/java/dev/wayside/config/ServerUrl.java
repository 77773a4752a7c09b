package dev.wayside.config;

import dev.wayside.failure.InvalidInputException;
import java.net.IDN;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server is. Read by rules of its own: {@link java.net.URI} knows no host with an underscore, as Compose and Docker
 * name services, and puts the whole text, passwords included, into its exceptions.
 *
 * @param scheme in small letters
 * @param host a name or an address, one of IPv6 in brackets
 * @param port the scheme's own where none was written
 * @param path empty, or with a slash at its beginning
 */
public record ServerUrl(String scheme, String host, int port, String path) {
    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern URL =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(.*)", Pattern.DOTALL);
    private static final Pattern PLACE = Pattern.compile("(\\[[^\\]]*]|[^:]*)(?::(.*))?", Pattern.DOTALL);
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]{0,251}[A-Za-z0-9_.])?"
            + "|\\[[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9._-]+)?]");
    private static final Pattern USER = Pattern.compile("(?s)^((?:[A-Za-z0-9+.-]*:/+)?).*@");

    private static final Pattern SECRET =
            Pattern.compile("(?is)(?<=\\?).*|(pass(word|wd)?|pwd|psw|token|auth|key|secret|user(name)?|usr)[=:].*");

    /**
     * What the addresses of brokers, or of stores, have in common.
     *
     * @param ports the port of each scheme
     * @param hasPath whether the address may have a path
     */
    public record Kind(Map<String, Integer> ports, boolean hasPath) {
        /** An MQTT broker; a path is for WebSockets only. */
        public static final Kind BROKER = new Kind(Map.of("tcp", 1883, "ssl", 8883, "ws", 80, "wss", 443), true);

        /** A store that speaks HTTP. */
        public static final Kind STORE = new Kind(Map.of("http", 80, "https", 443), false);

        String allowed() {
            String schemes = ports.keySet().stream()
                    .sorted((a, b) -> ports.get(b).compareTo(ports.get(a)))
                    .map(scheme -> "`" + scheme + "://`")
                    .reduce((all, next) -> all + ", " + next)
                    .orElseThrow();
            return "a URL that begins with " + schemes + " and names a host, with a port where it is not the usual one";
        }
    }

    /**
     * Reads an address.
     *
     * @param keys where its user and password go instead
     * @throws InvalidInputException if it is none of the kind; the message follows the name of what it was given for, and
     *     holds no part of the text that may be secret
     */
    public static ServerUrl parse(String text, Kind kind, String keys) {
        Matcher url = URL.matcher(text);
        String scheme = url.matches() ? url.group(1).toLowerCase(Locale.ROOT) : "";
        if (text.contains("@")) {
            throw new InvalidInputException("has a user or a password in it; leave them out and set " + keys);
        }
        if (!kind.ports().containsKey(scheme)) {
            throw new InvalidInputException("must be " + kind.allowed().replace("`", ""));
        }
        if (!url.group(4).isEmpty()) {
            throw new InvalidInputException("has a '?' or a '#'; it must end after the host, the port and the path");
        }
        Matcher place = PLACE.matcher(url.group(2));
        String host = place.matches() ? ascii(place.group(1)) : "";
        if (!HOST.matcher(host).matches()) {
            throw new InvalidInputException("names no host that could exist: after " + scheme
                    + ":// comes a name or an address, one of IPv6 in brackets as in " + scheme + "://[::1]");
        }
        return new ServerUrl(scheme, host, port(place.group(2), kind.ports().get(scheme)), path(url, kind, scheme));
    }

    /** As names are looked up. */
    private static String ascii(String host) {
        try {
            return host.startsWith("[") ? host : IDN.toASCII(host);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static int port(String written, int usual) {
        if (written == null) {
            return usual;
        }
        if (written.matches("[0-9]{1,5}")) {
            int port = Integer.parseInt(written);
            if (port >= 1 && port <= HIGHEST_PORT) {
                return port;
            }
        }
        throw new InvalidInputException(
                "has the port '" + written + "'; it must be a whole number from 1 to " + HIGHEST_PORT);
    }

    private static String path(Matcher url, Kind kind, String scheme) {
        String path = url.group(3);
        if (path.isEmpty() || path.equals("/")) {
            return "";
        }
        if (!kind.hasPath() || !scheme.startsWith("ws")) {
            throw new InvalidInputException("has a path after the host; " + scheme + ":// takes none");
        }
        if (!path.matches("[\\x21-\\x7E]*")) {
            throw new InvalidInputException("has a path with characters that must be percent-encoded");
        }
        return path;
    }

    /** A text that is, or was meant to be, an address, without user, password, query and what looks like them in the path. */
    public static String withoutSecrets(String text) {
        String place = USER.matcher(text).replaceFirst("$1***@");
        return place.contains("://") ? SECRET.matcher(place).replaceFirst("***") : place;
    }

    /** With its port, always. */
    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port + path;
    }
}
