package dev.wayside.config;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.text.IpAddress;
import java.net.IDN;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URL of a server. It is not parsed with {@link java.net.URI}, which rejects host names with an underscore, as Compose
 * and Docker use them, and puts the whole text, passwords included, into its exceptions.
 *
 * @param scheme in lower case
 * @param host a name or an IP address, IPv6 in brackets
 * @param port the default port of the scheme if the URL has none
 * @param path empty, or beginning with a slash
 */
public record ServerUrl(String scheme, String host, int port, String path) {
    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern URL =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(.*)", Pattern.DOTALL);
    private static final Pattern PLACE = Pattern.compile("(\\[[^\\]]*]|[^:]*)(?::(.*))?", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]{0,251}[A-Za-z0-9_.])?");
    private static final Pattern USER = Pattern.compile("(?s)^((?:[A-Za-z0-9+.-]*:/+)?).*@");

    private static final Pattern SECRET =
            Pattern.compile("(?is)(?<=\\?).*|(pass(word|wd)?|pwd|psw|token|auth|key|secret|user(name)?|usr)[=:].*");

    /**
     * What is allowed in the URL of a broker or of a store.
     *
     * @param ports the allowed schemes and their default ports
     * @param hasPath whether the URL can have a path
     */
    public record Kind(Map<String, Integer> ports, boolean hasPath) {
        /** An MQTT broker; only WebSocket URLs can have a path. */
        public static final Kind BROKER = new Kind(Map.of("tcp", 1883, "ssl", 8883, "ws", 80, "wss", 443), true);

        /** A store with an HTTP API. */
        public static final Kind STORE = new Kind(Map.of("http", 80, "https", 443), false);

        String allowed() {
            String schemes = ports.keySet().stream()
                    .sorted((a, b) -> ports.get(b).compareTo(ports.get(a)))
                    .map(scheme -> "`" + scheme + "://`")
                    .reduce((all, next) -> all + ", " + next)
                    .orElseThrow();
            return "a URL with a host that begins with " + schemes + "; the port is optional";
        }
    }

    /**
     * Parses a URL.
     *
     * @param keys the settings for the user and password, which are not allowed in the URL
     * @throws InvalidInputException if the URL is not of this kind. The message is to follow the setting's name and contains
     *     no part of the text that could be secret
     */
    public static ServerUrl parse(String text, Kind kind, String keys) {
        Matcher url = URL.matcher(text);
        String scheme = url.matches() ? url.group(1).toLowerCase(Locale.ROOT) : "";
        if (text.contains("@")) {
            throw new InvalidInputException("contains a user or a password; remove them and set " + keys);
        }
        if (!kind.ports().containsKey(scheme)) {
            throw new InvalidInputException("must be " + kind.allowed().replace("`", ""));
        }
        if (!url.group(4).isEmpty()) {
            throw new InvalidInputException(
                    "contains a '?' or a '#'; it must end after the host, the port and the path");
        }
        Matcher place = PLACE.matcher(url.group(2));
        String host = place.matches() ? ascii(place.group(1)) : "";
        if (!isHost(host)) {
            throw new InvalidInputException("has no valid host: after " + scheme
                    + ":// there must be a host name or an IP address, IPv6 in brackets as in " + scheme + "://[::1]");
        }
        return new ServerUrl(scheme, host, port(place.group(2), kind.ports().get(scheme)), path(url, kind, scheme));
    }

    private static boolean isHost(String host) {
        return host.startsWith("[")
                ? IpAddress.isIpv6(IpAddress.withoutBrackets(host))
                : NAME.matcher(host).matches();
    }

    /** The form of the host name for DNS. */
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
                "has " + (written.matches("[0-9]+") ? "the port '" + written + "'" : "an invalid port")
                        + "; it must be a whole number from 1 to " + HIGHEST_PORT);
    }

    private static String path(Matcher url, Kind kind, String scheme) {
        String path = url.group(3);
        if (path.isEmpty() || path.equals("/")) {
            return "";
        }
        if (!kind.hasPath() || !scheme.startsWith("ws")) {
            throw new InvalidInputException("has a path after the host; " + scheme + ":// allows none");
        }
        if (!path.matches("[\\x21-\\x7E]*")) {
            throw new InvalidInputException("has a path with characters that must be percent-encoded");
        }
        return path;
    }

    /** Redacts the user, the password, the query and similar parts of the path in a text that is meant as a URL. */
    public static String withoutSecrets(String text) {
        String place = USER.matcher(text).replaceFirst("$1***@");
        return place.contains("://") ? SECRET.matcher(place).replaceFirst("***") : place;
    }

    /** Always includes the port. */
    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port + path;
    }
}
