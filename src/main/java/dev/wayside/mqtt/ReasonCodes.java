package dev.wayside.mqtt;

import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.common.MqttException;

/** Reason codes in words: of MQTT 5.0 (section 2.4) and of the Paho client. */
final class ReasonCodes {
    private ReasonCodes() {}

    /** What a failure means for a user, without the client's stack. */
    static String words(MqttException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof UnknownHostException) {
            return "unknown host " + cause.getMessage();
        }
        if (cause instanceof SSLException) {
            return "TLS failed: " + cause.getMessage();
        }
        if (cause instanceof ConnectException) {
            return cause.getMessage();
        }
        if (failure instanceof MqttRefusedException) {
            return failure.getMessage();
        }
        // A peer that just goes away gives an EOFException without a word.
        return cause == null || cause.getMessage() == null ? words(failure.getReasonCode()) : cause.getMessage();
    }

    static String words(int code) {
        return switch (code) {
            case 128 -> "unspecified error (128)";
            case 131 -> "the broker's own rules forbid it (131)";
            case 132 -> "the broker does not speak MQTT 5 (132)";
            case 133 -> "the broker does not accept this client id (133)";
            case 134 -> "wrong user name or password (134)";
            case 135 -> "not authorized (135)";
            case 136 -> "the broker is not available (136)";
            case 137 -> "the broker is busy (137)";
            case 138 -> "this client is banned (138)";
            case 142 -> "another client connected with the same client id (142)";
            case 144 -> "the topic is not allowed (144)";
            case 149 -> "the message is too large (149)";
            case 151 -> "quota exceeded (151)";
            case 153 -> "the payload's form is not allowed (153)";
            case MqttClientException.REASON_CODE_CLIENT_TIMEOUT -> "the broker did not answer in time";
            case MqttClientException.REASON_CODE_CONNECTION_LOST -> "the connection was lost";
            case MqttClientException.REASON_CODE_CLIENT_NOT_CONNECTED -> "not connected";
            case MqttClientException.REASON_CODE_SERVER_CONNECT_ERROR -> "connection refused";
            default -> "reason code " + code;
        };
    }
}
