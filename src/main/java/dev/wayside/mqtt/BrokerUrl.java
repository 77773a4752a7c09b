package dev.wayside.mqtt;

import dev.wayside.failure.InvalidInputException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

/** A broker's address, with the port that its kind has when none is given. */
final class BrokerUrl {
    private static final Map<String, Integer> PORTS = Map.of("tcp", 1883, "ssl", 8883, "ws", 80, "wss", 443);

    private BrokerUrl() {}

    /**
     * The same with a port: 1883 for tcp, 8883 for ssl, 80 for ws, 443 for wss.
     *
     * @throws InvalidInputException if it is no url
     */
    static String withPort(String url) {
        URI uri = parse(url);
        if (uri.getPort() >= 0 || uri.getHost() == null) {
            return url;
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return uri.getScheme() + "://" + uri.getHost() + ":" + PORTS.get(uri.getScheme()) + path;
    }

    private static URI parse(String url) {
        try {
            URI uri = new URI(url);
            if (uri.getScheme() != null && PORTS.containsKey(uri.getScheme()) && uri.getRawAuthority() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Falls through to the same answer; the parser's words would repeat a password that stands in the url.
        }
        throw new InvalidInputException("The URL of the MQTT broker must be tcp://, ssl://, ws:// or wss:// with a host"
                + " and perhaps a port, such as tcp://localhost:1883.");
    }

    /** As Paho is to have it: TLS goes by a way of our own, see {@link TlsNetwork}. */
    static String forPaho(String url) {
        return url.startsWith("ssl:") ? TlsNetworkFactory.SCHEME + url.substring("ssl".length()) : url;
    }
}
