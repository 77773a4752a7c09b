package dev.wayside.mqtt;

import dev.wayside.failure.NetworkFailure;
import dev.wayside.failure.Reason;
import dev.wayside.failure.TlsFailure;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * Reason codes of MQTT 5.0 (section 2.4) and of the Paho client: which of them refuse a message for good, and what they
 * mean in words.
 */
final class ReasonCodes {
    static final int FIRST_REFUSAL = 128;
    static final int SESSION_TAKEN_OVER = 142;
    static final int PACKET_TOO_LARGE = 149;
    static final int QOS_NOT_SUPPORTED = 155;
    /** Paho's: an answer with a reason code that its packet may not have. */
    private static final int INVALID_RETURN_CODE = MqttException.REASON_CODE_INVALID_RETURN_CODE;

    /** Not authorized, topic name invalid, packet too large, payload format, retain or QoS not supported. */
    private static final Set<Integer> PERMANENT = Set.of(135, 144, PACKET_TOO_LARGE, 153, 154, QOS_NOT_SUPPORTED);

    private static final Set<Integer> TOPIC_CODES = Set.of(135, 144);

    private ReasonCodes() {}

    /**
     * Whether the broker would refuse the same message again: what is wrong is the message itself, its size or its topic.
     * Every other refusal (busy, quota, unspecified) may pass, and so may a lost connection.
     */
    static boolean isPermanent(int code) {
        return PERMANENT.contains(code);
    }

    /** Whether it concerns all messages to a topic: not authorized, topic name invalid. */
    static boolean concernsTopic(int code) {
        return TOPIC_CODES.contains(code);
    }

    /** The first of an acknowledgement's reason codes that refuses; empty for none, or no codes at all. */
    static OptionalInt refusal(int[] codes) {
        return codes == null
                ? OptionalInt.empty()
                : Arrays.stream(codes).filter(code -> code >= FIRST_REFUSAL).findFirst();
    }

    /** What a failure of the connection means for a user, without the client's stack. */
    static String words(MqttException failure, Connector.Broker broker) {
        Optional<String> words = Reason.ofConnection(failure, broker.trust());
        if (words.isPresent()) {
            return "the broker " + words.get()
                    + (isClosed(failure) && failure.getReasonCode() == 0 ? advice(broker) : "");
        }
        int code = failure.getReasonCode();
        boolean refused = code >= FIRST_REFUSAL && code < 256;
        return failure.getCause() == null ? words(code) + (refused ? advice(broker) : "") : Reason.ofRoot(failure);
    }

    /** Whether TLS said what was wrong. */
    static boolean isTls(MqttException failure) {
        return TlsFailure.of(failure).isPresent();
    }

    /** Whether the other side closed the connection without a word; one that never was it cannot have closed. */
    static boolean isClosed(MqttException failure) {
        return NetworkFailure.of(failure).filter(NetworkFailure.CLOSED::equals).isPresent();
    }

    /** What a reason code means. */
    static String words(int code) {
        return switch (code) {
            case 0 -> "the broker closed the connection";
            case 128 -> "unspecified error (128)";
            case 130 -> "protocol error (130)";
            case 131 -> "the broker's own rules forbid it (131)";
            case 132 -> "the broker does not speak MQTT 5 (132)";
            case 133 -> "the broker does not accept this client id (133)";
            case 134 -> "wrong user name or password (134)";
            case 135 -> "not authorized (135)";
            case 136 -> "the broker is not available (136)";
            case 137 -> "the broker is busy (137)";
            case 138 -> "this client is banned (138)";
            case 139 -> "the broker shuts down (139)";
            case 141 -> "the broker heard nothing for too long (141)";
            case SESSION_TAKEN_OVER -> "another client connected with the same client id (142)";
            case 144 -> "the topic is not allowed (144)";
            case 147 -> "too many messages without acknowledgement (147)";
            case PACKET_TOO_LARGE -> "the message is too large (149)";
            case 150 -> "too many messages in too short a time (150)";
            case 151 -> "quota exceeded (151)";
            case 152 -> "the broker's administrator closed the connection (152)";
            case 153 -> "the payload's form is not allowed (153)";
            case 154 -> "the broker keeps no retained messages (154)";
            case QOS_NOT_SUPPORTED -> "the broker does not support this quality of service (155)";
            case 159 -> "too many connections in too short a time (159)";
            case MqttClientException.REASON_CODE_CLIENT_TIMEOUT -> "the broker " + NetworkFailure.TIMED_OUT.words();
            case MqttClientException.REASON_CODE_CONNECTION_LOST -> "the connection was lost";
            case MqttClientException.REASON_CODE_CLIENT_NOT_CONNECTED -> "not connected";
            case MqttClientException.REASON_CODE_SERVER_CONNECT_ERROR -> "the broker " + NetworkFailure.REFUSED.words();
            case INVALID_RETURN_CODE ->
                "the broker gave an answer that MQTT 5 does not know, as Mosquitto does when a message is larger than its"
                        + " message_size_limit: set max_packet_size there, which it announces, or mqtt.max-message-size"
                        + " here";
            default -> "reason code " + code;
        };
    }

    private static String advice(Connector.Broker broker) {
        return broker.advice().isEmpty() ? "" : ". " + broker.advice();
    }
}
