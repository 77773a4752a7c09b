package dev.wayside.mqtt;

import dev.wayside.failure.InvalidInputException;
import java.net.URI;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.client.spi.NetworkModuleFactory;

/** Gives Paho's client our way of doing TLS; found by {@link java.util.ServiceLoader}. */
public final class TlsNetworkFactory implements NetworkModuleFactory {
    static final String SCHEME = "mqtts";
    private static final String ALPN = "dev.wayside.alpn";

    /** Made by the service loader. */
    public TlsNetworkFactory() {}

    @Override
    public Set<String> getSupportedUriSchemes() {
        return Set.of(SCHEME);
    }

    @Override
    public void validateURI(URI url) {
        if (url.getHost() == null || url.getPort() < 0) {
            throw new InvalidInputException("'" + url + "' must name a host and a port");
        }
    }

    @Override
    public NetworkModule createNetworkModule(URI url, MqttConnectionOptions options, String clientId) {
        return new TlsNetwork(
                (SSLSocketFactory) options.getSocketFactory(),
                url.getHost(),
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
