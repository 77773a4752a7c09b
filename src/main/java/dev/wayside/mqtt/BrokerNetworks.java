package dev.wayside.mqtt;

import dev.wayside.failure.InvalidInputException;
import java.net.URI;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.client.internal.TCPNetworkModule;
import org.eclipse.paho.mqttv5.client.spi.NetworkModuleFactory;

/**
 * Gives Paho's client our implementation of TLS, and connections to hosts that {@link URI} does not accept: Paho would
 * change the URI by reflection then, which Java forbids since version 16. Found by {@link java.util.ServiceLoader}.
 */
public final class BrokerNetworks implements NetworkModuleFactory {
    static final String TLS = "mqtts";
    static final String TCP = "mqtt-tcp";
    private static final String ALPN = "dev.wayside.alpn";

    /** Made by the service loader. */
    public BrokerNetworks() {}

    @Override
    public Set<String> getSupportedUriSchemes() {
        return Set.of(TLS, TCP);
    }

    @Override
    public void validateURI(URI url) {
        if (url.getHost() == null || url.getPort() < 0) {
            throw new InvalidInputException("'" + url + "' must name a host and a port");
        }
    }

    @Override
    public NetworkModule createNetworkModule(URI url, MqttConnectionOptions options, String clientId) {
        String host = url.getFragment() == null ? url.getHost() : url.getFragment();
        if (url.getScheme().equals(TCP)) {
            TCPNetworkModule plain = new TCPNetworkModule(options.getSocketFactory(), host, url.getPort(), clientId);
            plain.setConnectTimeout(options.getConnectionTimeout());
            return plain;
        }
        return new TlsNetwork(
                (SSLSocketFactory) options.getSocketFactory(),
                host,
                url.getPort(),
                options.getSSLProperties() == null
                        ? ""
                        : options.getSSLProperties().getProperty(ALPN, ""),
                (int) TimeUnit.SECONDS.toMillis(options.getConnectionTimeout()));
    }

    /** Paho's options have no room for ALPN but this. */
    static void setAlpn(MqttConnectionOptions options, String protocol) {
        Properties properties = new Properties();
        properties.setProperty(ALPN, protocol);
        options.setSSLProperties(properties);
    }
}
