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
 * Reason codes of MQTT 5.0 (section 2.4) and of the Paho client: which of them refuse a message permanently, and their
 * meaning for the user.
 */
final class ReasonCodes {
    static final int NO_SUBSCRIBER = 16;
    static final int FIRST_REFUSAL = 128;
    static final int SESSION_TAKEN_OVER = 142;
    static final int PACKET_TOO_LARGE = 149;
    static final int QOS_NOT_SUPPORTED = 155;
    /** Paho's code for a packet with a reason code that MQTT does not define for it. */
    private static final int INVALID_RETURN_CODE = MqttException.REASON_CODE_INVALID_RETURN_CODE;

    /** Not authorized, topic name invalid, packet too large, payload format, retain or QoS not supported. */
    private static final Set<Integer> PERMANENT = Set.of(135, 144, PACKET_TOO_LARGE, 153, 154, QOS_NOT_SUPPORTED);

    private static final Set<Integer> TOPIC_CODES = Set.of(135, 144);

    private ReasonCodes() {}

    /**
     * Whether the broker would refuse the same message again, because of the message itself, its size or its topic.
     * Every other refusal (busy, quota, unspecified) may be temporary, and so may a connection loss.
     */
    static boolean isPermanent(int code) {
        return PERMANENT.contains(code);
    }

    /** Whether the code concerns all messages to a topic: not authorized, topic name invalid. */
    static boolean concernsTopic(int code) {
        return TOPIC_CODES.contains(code);
    }

    /** Whether an acknowledgement says that the broker has passed the message to nobody. */
    static boolean nobodySubscribed(int[] codes) {
        return codes != null && Arrays.stream(codes).anyMatch(code -> code == NO_SUBSCRIBER);
    }

    /** The first reason code of an acknowledgement that is a refusal; empty if there is none, or no code at all. */
    static OptionalInt refusal(int[] codes) {
        return codes == null
                ? OptionalInt.empty()
                : Arrays.stream(codes).filter(code -> code >= FIRST_REFUSAL).findFirst();
    }

    /** What a failure of the connection means for the user. */
    static String words(MqttException failure, Connector.Broker broker) {
        Optional<String> words = Reason.ofConnection(failure, broker.trust());
        if (words.isPresent()) {
            return "the broker " + words.get()
                    + (isClosed(failure) && failure.getReasonCode() == 0 ? broker.adviceAfterSentence() : "");
        }
        int code = failure.getReasonCode();
        boolean refused = code >= FIRST_REFUSAL && code < 256;
        return failure.getCause() == null
                ? words(code) + (refused ? broker.adviceAfterSentence() : "")
                : Reason.ofRoot(failure);
    }

    /** Whether TLS reported the reason. */
    static boolean isTls(MqttException failure) {
        return TlsFailure.of(failure).isPresent();
    }

    /** Whether the broker closed an existing connection without a reason. */
    static boolean isClosed(MqttException failure) {
        return NetworkFailure.of(failure).filter(NetworkFailure.CLOSED::equals).isPresent();
    }

    /** What a reason code means. */
    static String words(int code) {
        return switch (code) {
            case 0 -> "the broker closed the connection";
            case 128 -> "unspecified error (128)";
            case 130 -> "protocol error (130)";
            case 131 -> "the broker does not accept it (131)";
            case 132 -> "the broker does not support MQTT 5 (132)";
            case 133 -> "the broker does not accept this client id (133)";
            case 134 -> "wrong user name or password (134)";
            case 135 -> "not authorized (135)";
            case 136 -> "the broker is not available (136)";
            case 137 -> "the broker is busy (137)";
            case 138 -> "this client is banned (138)";
            case 139 -> "the broker is shutting down (139)";
            case 141 -> "the broker received nothing for too long (141)";
            case SESSION_TAKEN_OVER -> "another client connected with the same client id (142)";
            case 144 -> "the topic is not allowed (144)";
            case 147 -> "too many unacknowledged messages (147)";
            case PACKET_TOO_LARGE -> "the message is too large (149)";
            case 150 -> "too many messages in too short a time (150)";
            case 151 -> "quota exceeded (151)";
            case 152 -> "the broker's administrator closed the connection (152)";
            case 153 -> "the payload format is invalid (153)";
            case 154 -> "the broker does not support retained messages (154)";
            case QOS_NOT_SUPPORTED -> "the broker does not support this quality of service (155)";
            case 159 -> "too many connections in too short a time (159)";
            case MqttClientException.REASON_CODE_CLIENT_TIMEOUT -> "the broker " + NetworkFailure.TIMED_OUT.words();
            case MqttClientException.REASON_CODE_CONNECTION_LOST -> "the connection was lost";
            case MqttClientException.REASON_CODE_CLIENT_NOT_CONNECTED -> "not connected";
            case MqttClientException.REASON_CODE_SERVER_CONNECT_ERROR -> "the broker " + NetworkFailure.REFUSED.words();
            case INVALID_RETURN_CODE ->
                "the broker sent a reason code that MQTT 5 does not define, as Mosquitto does for a message larger"
                        + " than its message_size_limit: set max_packet_size in Mosquitto, which announces this"
                        + " limit, or mqtt.max-message-size in Wayside";
            default -> "reason code " + code;
        };
    }
}
