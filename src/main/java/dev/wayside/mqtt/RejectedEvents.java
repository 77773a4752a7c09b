package dev.wayside.mqtt;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/**
 * Publishes what a store refuses permanently to a topic of its own: the original payload, with the reason as a user
 * property.
 *
 * @param topic the name of the store follows
 */
record RejectedEvents(String topic) {
    private static final long PATIENCE_MILLIS = 10_000;

    /**
     * Returns when the broker has the message.
     *
     * @param connection null if there is none
     * @return the topic
     * @throws MqttException if the broker does not take it now
     */
    String publish(AcceptedConnection connection, String store, byte[] payload, String reason) throws MqttException {
        String full = topic + "/" + store;
        if (connection == null) {
            throw new MqttUnavailableException(
                    MqttClientException.REASON_CODE_CLIENT_NOT_CONNECTED, "the connection to the broker was lost");
        }
        MqttMessage message = new MqttMessage(payload);
        message.setQos(1);
        MqttProperties properties = new MqttProperties();
        properties.setUserProperties(List.of(new UserProperty("reason", reason)));
        message.setProperties(properties);
        IMqttToken token =
                connection.send(full, message, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS));
        token.waitForCompletion(PATIENCE_MILLIS);
        OptionalInt refusal = ReasonCodes.refusal(token.getReasonCodes());
        if (refusal.isPresent()) {
            throw new MqttUnavailableException(
                    refusal.getAsInt(),
                    "the broker refuses " + full + ", where rejected events go: "
                            + ReasonCodes.words(refusal.getAsInt()) + "; allow this user to publish there");
        }
        return full;
    }
}
