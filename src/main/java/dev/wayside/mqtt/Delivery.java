package dev.wayside.mqtt;

import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;

/** Publishes messages and checks whether the broker has accepted each of them. Thread-safe once it is configured. */
final class Delivery {
    /** What Paho adds to a topic's first message if the broker allows topic aliases. */
    private static final int TOPIC_ALIAS_BYTES = 3;

    String contentType = "";
    int messageExpirySeconds;
    int maxMessageSize;
    boolean oneTopic;
    boolean requireSubscriber;

    /**
     * Delivers one message, or throws an exception with the reason.
     *
     * @param connector supplies the connection; null before the start
     * @param timeout in milliseconds, for the broker's acknowledgement
     */
    void deliver(Connector connector, String topic, MqttMessage message, long timeout) throws MqttException {
        AcceptedConnection connection = connector == null ? null : connector.connectionAfterFirstAttempt(timeout);
        describe(message);
        requireAllowedSize(topic, message, connection);
        if (connection == null) {
            throw new MqttUnavailableException(
                    MqttClientException.REASON_CODE_CLIENT_NOT_CONNECTED,
                    connector == null ? "not connected yet" : connector.reason());
        }
        requireAcknowledgement(message, connection);
        try {
            int[] codes = acknowledged(connection, topic, message, timeout);
            if (message.getQos() == 0) {
                connector.diagnosis().unanswered(topic);
            } else {
                connector.diagnosis().answered();
            }
            requireNoRefusal(connector, topic, codes);
        } catch (MqttException e) {
            throw explained(e, connector, connection, topic, timeout);
        }
    }

    private static void requireAcknowledgement(MqttMessage message, AcceptedConnection connection)
            throws MqttUnavailableException {
        if (message.getQos() > 0 && !connection.acknowledges()) {
            throw new MqttUnavailableException(
                    ReasonCodes.QOS_NOT_SUPPORTED,
                    "the broker does not acknowledge messages (Maximum QoS 0), so a lost message would go unnoticed;"
                            + " allow QoS 1 on the broker, or use another one");
        }
    }

    private void describe(MqttMessage message) {
        if (message.getProperties() == null) {
            message.setProperties(new MqttProperties());
        }
        MqttProperties properties = message.getProperties();
        if (properties.getContentType() == null && !contentType.isEmpty()) {
            properties.setContentType(contentType);
        }
        if (properties.getMessageExpiryInterval() == null && messageExpirySeconds > 0) {
            properties.setMessageExpiryInterval((long) messageExpirySeconds);
        }
    }

    /**
     * Checks the size here because a broker closes the connection on a message that is too large, again with each
     * retry.
     */
    private void requireAllowedSize(String topic, MqttMessage message, AcceptedConnection connection)
            throws MqttException {
        int payload = message.getPayload().length;
        if (maxMessageSize > 0 && payload > maxMessageSize) {
            throw tooLarge(topic, payload, maxMessageSize);
        }
        if (connection != null && connection.largestPacket() < Long.MAX_VALUE) {
            MqttPublish packet = new MqttPublish(topic, message, message.getProperties());
            packet.setMessageId(1);
            long bytes = (long) packet.getHeader().length + TOPIC_ALIAS_BYTES + payload;
            if (bytes > connection.largestPacket()) {
                throw tooLarge(topic, bytes, connection.largestPacket());
            }
        }
    }

    private static MqttRefusedException tooLarge(String topic, long bytes, long allowed) {
        return new MqttRefusedException(
                ReasonCodes.PACKET_TOO_LARGE,
                "the message to " + topic + " has " + bytes + " bytes, and no more than " + allowed + " are allowed");
    }

    /** The broker's reason codes; null if there are none. */
    private static int[] acknowledged(AcceptedConnection connection, String topic, MqttMessage message, long timeout)
            throws MqttException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeout);
        IMqttToken token = connection.send(topic, message, deadline);
        if (message.getQos() == 0) {
            // It is not acknowledged, and waiting until Paho has sent it would only delay the next message.
            return null;
        }
        token.waitForCompletion(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        return token.getReasonCodes();
    }

    private void requireNoRefusal(Connector connector, String topic, int[] reasonCodes) throws MqttException {
        if (requireSubscriber && ReasonCodes.nobodySubscribed(reasonCodes)) {
            throw new MqttUnavailableException(
                    ReasonCodes.NO_SUBSCRIBER,
                    "nobody subscribes to " + topic + ", so the broker would drop the event (mqtt.require-subscriber)");
        }
        OptionalInt refusal = ReasonCodes.refusal(reasonCodes);
        if (refusal.isEmpty()) {
            return;
        }
        int code = refusal.getAsInt();
        String words = "the broker refused a message to " + topic + ": " + ReasonCodes.words(code);
        if (oneTopic && ReasonCodes.concernsTopic(code)) {
            // The broker would refuse every event: a permission is missing, so no single event is at fault.
            throw new MqttUnavailableException(code, words + connector.advice());
        }
        throw ReasonCodes.isPermanent(code)
                ? new MqttRefusedException(code, words)
                : new MqttUnavailableException(code, words);
    }

    private static MqttException explained(
            MqttException failure, Connector connector, AcceptedConnection connection, String topic, long timeout) {
        if (failure instanceof MqttRefusedException || failure instanceof MqttUnavailableException) {
            return failure;
        }
        if (failure.getReasonCode() == MqttClientException.REASON_CODE_CLIENT_TIMEOUT
                && connection.client().isConnected()) {
            String why = "no acknowledgement of a message within " + timeout / 1000.0 + " s";
            connector.replace(connection, why);
            return new MqttUnavailableException(failure, why);
        }
        connector.diagnosis().closedOnMessage();
        return new MqttUnavailableException(
                failure, "the connection was lost before the broker acknowledged a message to " + topic);
    }
}
