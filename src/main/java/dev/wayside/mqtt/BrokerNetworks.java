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
 * Provides {@link TlsNetwork} to Paho's client, and connections to hosts that {@link URI} does not accept. For those, Paho
 * would change the URI by reflection, which Java forbids since version 16. Paho finds this class through
 * {@link java.util.ServiceLoader}.
 */
public final class BrokerNetworks implements NetworkModuleFactory {
    static final String TLS = "mqtts";
    static final String TCP = "mqtt-tcp";
    private static final String ALPN = "dev.wayside.alpn";

    /** Called by the service loader. */
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

    /** Stores the ALPN protocol in the TLS properties, because Paho's options have no other place for it. */
    static void setAlpn(MqttConnectionOptions options, String protocol) {
        Properties properties = new Properties();
        properties.setProperty(ALPN, protocol);
        options.setSSLProperties(properties);
    }
}
