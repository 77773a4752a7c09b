package dev.wayside.mqtt;

import dev.wayside.config.ServerUrl;
import dev.wayside.failure.InvalidInputException;
import java.net.URI;

/** A broker's URL, completed with the default port of its scheme. */
final class BrokerUrl {
    private static final String STAND_IN = "://broker:";

    private BrokerUrl() {}

    /**
     * Adds the default port if the URL has none: 1883 for tcp, 8883 for ssl, 80 for ws, 443 for wss.
     *
     * @throws InvalidInputException if it is not a valid URL of a broker
     */
    static String withPort(String url) {
        try {
            return ServerUrl.parse(url, ServerUrl.Kind.BROKER, "the user name and the password by themselves")
                    .toString();
        } catch (InvalidInputException e) {
            throw new InvalidInputException(
                    "The URL of the MQTT broker " + e.getMessage() + ", such as tcp://localhost:1883.");
        }
    }

    /**
     * The URL in the form that Paho gets. TLS and hosts that {@link URI} does not accept as such, {@code my_broker} for
     * example, go through {@link BrokerNetworks}; the host is the fragment then.
     *
     * @param url of {@link #withPort}
     */
    static String forPaho(String url) {
        ServerUrl broker = ServerUrl.parse(url, ServerUrl.Kind.BROKER, "");
        boolean odd = URI.create(url).getHost() == null;
        return switch (broker.scheme()) {
            case "ssl" ->
                odd
                        ? BrokerNetworks.TLS + STAND_IN + broker.port() + "#" + broker.host()
                        : BrokerNetworks.TLS + url.substring("ssl".length());
            case "tcp" -> odd ? BrokerNetworks.TCP + STAND_IN + broker.port() + "#" + broker.host() : url;
            default -> url;
        };
    }
}
