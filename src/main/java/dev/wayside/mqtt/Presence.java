package dev.wayside.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes {@code online} and {@code offline} on a connection's status topic, both retained. */
final class Presence {
    private static final Logger log = LoggerFactory.getLogger(Presence.class);
    private static final long OFFLINE_TIMEOUT_MILLIS = 500;

    private final String name;
    private final String url;
    private final String clientId;
    private final ConnectionSettings settings;
    private final AtomicBoolean refused = new AtomicBoolean();

    /**
     * Makes the presence of one connection.
     *
     * @param name the connection's name in the log
     * @param settings has the status topic, which may be empty
     */
    Presence(String name, String url, String clientId, ConnectionSettings settings) {
        this.name = name;
        this.url = url;
        this.clientId = clientId;
        this.settings = settings;
    }

    /**
     * Publishes {@code online}.
     *
     * @param timeout the maximum wait for the acknowledgement, in milliseconds
     */
    void online(AcceptedConnection made, long timeout) throws MqttException {
        publish(made, "online", timeout);
    }

    /** Publishes {@code offline} and disconnects; takes at most about a second. */
    void offline(AcceptedConnection connection) {
        try {
            publish(connection, "offline", OFFLINE_TIMEOUT_MILLIS);
        } catch (MqttException e) {
            log.debug("{}: cannot publish offline to {}: {}", name, url, e.getMessage());
        }
        disconnect(connection);
    }

    /**
     * Disconnects even if {@code offline} could not be published; otherwise the client's threads and its client id
     * would stay in use.
     */
    private void disconnect(AcceptedConnection connection) {
        try {
            connection.client().disconnect(200).waitForCompletion(OFFLINE_TIMEOUT_MILLIS);
        } catch (MqttException e) {
            log.debug("{}: not disconnected cleanly from {}: {}", name, url, e.getMessage());
            Connector.abandon(connection.client());
        }
    }

    private void publish(AcceptedConnection connection, String state, long timeout) throws MqttException {
        if (!settings.statusTopic.isEmpty()) {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeout);
            IMqttToken token = connection.send(settings.statusTopic, retained(state), deadline);
            token.waitForCompletion(timeout);
            warnOfRefusal(token.getReasonCodes());
        }
    }

    /**
     * Logged only once: it recurs at each connect until the broker's permissions are changed, and no event is affected.
     */
    private void warnOfRefusal(int[] reasonCodes) {
        OptionalInt refusal = ReasonCodes.refusal(reasonCodes);
        if (refusal.isPresent() && refused.compareAndSet(false, true)) {
            log.warn(
                    "{}: the broker refuses status messages on {}: {}; allow {} to publish there",
                    name,
                    settings.statusTopic,
                    ReasonCodes.words(refusal.getAsInt()),
                    settings.username.isEmpty() ? clientId : settings.username);
        }
    }

    static MqttMessage retained(String payload) {
        MqttMessage message = new MqttMessage(payload.getBytes(StandardCharsets.UTF_8));
        message.setQos(1);
        message.setRetained(true);
        return message;
    }
}
