package dev.wayside.mqtt;

import dev.wayside.config.ServerUrl;
import dev.wayside.failure.InvalidInputException;

/** A broker's address, with the port that its kind has when none is given. */
final class BrokerUrl {
    private BrokerUrl() {}

    /**
     * The same with a port: 1883 for tcp, 8883 for ssl, 80 for ws, 443 for wss.
     *
     * @throws InvalidInputException if it is no url of a broker
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

    /** As Paho is to have it: TLS goes by a way of our own, see {@link TlsNetwork}. */
    static String forPaho(String url) {
        return url.startsWith("ssl:") ? TlsNetworkFactory.SCHEME + url.substring("ssl".length()) : url;
    }
}
