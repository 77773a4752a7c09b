package dev.wayside.mqtt;

import dev.wayside.net.Secret;
import dev.wayside.net.Tls;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.SocketFactory;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;

/** The settings with which a client connects to the broker; an empty text means "not set". */
final class ConnectionSettings {
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    String username = "";
    Secret password = Secret.NONE;
    Tls tls = Tls.DEFAULT;
    String statusTopic = "";
    String alpn = "";
    int keepAliveSeconds = 30;
    int sessionExpirySeconds;
    /** How many unacknowledged messages of QoS 1 the broker may send. */
    int receiveMaximum = 100;

    /**
     * The settings as Paho's options.
     *
     * @throws dev.wayside.failure.InvalidInputException if a file is invalid; the message names it
     */
    MqttConnectionOptions options(String url) {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setAutomaticReconnect(false);
        options.setCleanStart(sessionExpirySeconds == 0);
        if (sessionExpirySeconds > 0) {
            options.setSessionExpiryInterval((long) sessionExpirySeconds);
        }
        options.setConnectionTimeout((int) CONNECT_TIMEOUT.toSeconds());
        options.setKeepAliveInterval(keepAliveSeconds);
        options.setReceiveMaximum(receiveMaximum);
        if (!username.isEmpty()) {
            options.setUserName(username);
        }
        String secret = password.read();
        if (!secret.isEmpty()) {
            options.setPassword(secret.getBytes(StandardCharsets.UTF_8));
        }
        if (!statusTopic.isEmpty()) {
            options.setWill(statusTopic, Presence.retained("offline"));
        }
        if (url.startsWith("ssl:") || url.startsWith("wss:")) {
            options.setSocketFactory(tls.factory().getSslSocketFactory());
            BrokerNetworks.setAlpn(options, alpn);
        } else if (url.startsWith("tcp:")) {
            options.setSocketFactory(new NoDelaySockets(SocketFactory.getDefault()));
        }
        return options;
    }
}
