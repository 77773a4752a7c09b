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

/** Says {@code online} and {@code offline} on a connection's status topic, both retained. */
final class Presence {
    private static final Logger log = LoggerFactory.getLogger(Presence.class);
    private static final long OFFLINE_TIMEOUT_MILLIS = 500;

    private final String name;
    private final String url;
    private final String clientId;
    private final ConnectionSettings settings;
    private final AtomicBoolean refused = new AtomicBoolean();

    /**
     * Makes one of a connection.
     *
     * @param name as the log has it
     * @param settings says where, if anywhere
     */
    Presence(String name, String url, String clientId, ConnectionSettings settings) {
        this.name = name;
        this.url = url;
        this.clientId = clientId;
        this.settings = settings;
    }

    /**
     * Says that it is there.
     *
     * @param timeout milliseconds to wait for the acknowledgement
     */
    void online(AcceptedConnection made, long timeout) throws MqttException {
        publish(made, "online", timeout);
    }

    /** Says that it goes, and disconnects; at most about a second. */
    void offline(AcceptedConnection connection) {
        try {
            publish(connection, "offline", OFFLINE_TIMEOUT_MILLIS);
        } catch (MqttException e) {
            log.debug("{}: cannot say offline to {}: {}", name, url, e.getMessage());
        }
        disconnect(connection);
    }

    /** Whatever became of the last words: a connection that stays would keep its threads, and the client id. */
    private void disconnect(AcceptedConnection connection) {
        try {
            connection.client().disconnect(200).waitForCompletion(OFFLINE_TIMEOUT_MILLIS);
        } catch (MqttException e) {
            log.debug("{}: no clean goodbye to {}: {}", name, url, e.getMessage());
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

    /** Once: it is so at each connect until somebody changes the broker's rights, and no event is lost by it. */
    private void warnOfRefusal(int[] reasonCodes) {
        OptionalInt refusal = ReasonCodes.refusal(reasonCodes);
        if (refusal.isPresent() && refused.compareAndSet(false, true)) {
            log.warn(
                    "{}: the broker refuses online and offline on {}: {}; grant {} the right to write there",
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
