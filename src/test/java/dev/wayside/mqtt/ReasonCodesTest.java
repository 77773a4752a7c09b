package dev.wayside.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.failure.NetworkFailure;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonCodesTest {
    private static final Connector.Broker BROKER =
            new Connector.Broker("MQTT", "tcp://b:1", "id", "Look here", "trust it");

    @ParameterizedTest
    @ValueSource(ints = {135, 144, 149, 153, 154, 155})
    void refusalsOfTheMessageItselfArePermanent(int code) {
        assertTrue(ReasonCodes.isPermanent(code));
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 131, 136, 137, 139, 142, 145, 147, 150, 151, 152, 32000, 32104, 32109, 32202})
    void temporaryRefusalsAreRetried(int code) {
        assertFalse(ReasonCodes.isPermanent(code));
    }

    @Test
    void failuresAreExplained() {
        assertTrue(ReasonCodes.words(50001).contains("mqtt.max-message-size"));
        assertEquals("the broker " + NetworkFailure.UNKNOWN_HOST.words(), words(new UnknownHostException("b")));
        assertEquals("the broker " + NetworkFailure.REFUSED.words(), words(new ConnectException("Connection refused")));
        assertEquals("the broker closed the connection. Look here", words(new EOFException()));
        assertEquals("the broker closed the connection. Look here", words(new SocketException("Connection reset")));
        assertEquals("not authorized (135). Look here", ReasonCodes.words(new MqttException(135), BROKER));
        assertEquals(
                "the broker requires a client certificate (TLS: Received fatal alert: certificate_required):"
                        + " set a certificate file and its key file",
                words(new IOException(new SSLHandshakeException("Received fatal alert: certificate_required"))));
    }

    @Test
    void anUnreachableBrokerHasNotClosedTheConnection() {
        for (Exception cause : List.of(
                new NoRouteToHostException("No route to host"), new SocketException("Network is unreachable"))) {
            assertEquals("the broker " + NetworkFailure.UNREACHABLE.words(), words(cause));
            assertFalse(ReasonCodes.isClosed(new MqttException(cause)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection reset by peer", "Broken pipe", "Socket closed", "Socket is closed"})
    void aLostConnectionWasClosed(String words) {
        assertTrue(ReasonCodes.isClosed(new MqttException(new SocketException(words))));
    }

    private static String words(Exception cause) {
        return ReasonCodes.words(new MqttException(cause), BROKER);
    }
}
