package dev.wayside.mqtt;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of messages that a broker refuses, does not acknowledge or does not even read. */
class MqttRefusalsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private ScriptedBroker broker;
    private MqttConnection connection;

    @AfterEach
    void close() throws IOException {
        connection.close();
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {135, 144})
    void aRefusedTopicIsNoFaultOfAMessageWhereThereIsNoOther(int code) throws Exception {
        connect(CurtBroker.ACCEPTED, topic -> code);
        connection.setOneTopic(true);
        connection.setAdvice("Look at the policy");
        connection.start();
        awaitConnected();
        String words = assertThrows(MqttUnavailableException.class, () -> connection.publish("a", message(1)))
                .getMessage();
        assertEquals("the broker refused a message to a: " + ReasonCodes.words(code) + ". Look at the policy", words);
    }

    @Test
    void whatIsWrongWithAMessageItselfIsRefusedForGoodOnOneTopicToo() throws Exception {
        connect(CurtBroker.ACCEPTED, topic -> 153);
        connection.setOneTopic(true);
        connection.start();
        awaitConnected();
        assertThrows(MqttRefusedException.class, () -> connection.publish("a", message(1)));
    }

    /** Paho sends such a message with QoS 0 and says that all is well. */
    @Test
    void aBrokerThatAcknowledgesNothingHasNoMessageThatMustNotBeLost() throws Exception {
        AtomicInteger received = new AtomicInteger();
        connect(ScriptedBroker.ACCEPTED_WITHOUT_ACKNOWLEDGEMENTS, topic -> received.incrementAndGet());
        connection.start();
        awaitConnected();
        String words = assertThrows(MqttUnavailableException.class, () -> connection.publish("a", message(1)))
                .getMessage();
        assertEquals(
                "the broker acknowledges nothing (Maximum QoS 0), so that nobody would know what it has lost;"
                        + " let it take QoS 1, or use another broker",
                words);
        connection.publish("a/count", message(0));
        await().atMost(PATIENCE).until(() -> received.get() == 1);
    }

    private void connect(byte[] accepted, ScriptedBroker.Treatment treatment) throws Exception {
        broker = new ScriptedBroker(accepted, treatment);
        connection = new MqttConnection(broker.url(), "scripted");
    }

    private void awaitConnected() {
        await().atMost(PATIENCE).until(connection::isConnected);
    }

    private static MqttMessage message(int qos) {
        return new MqttMessage("x".getBytes(StandardCharsets.UTF_8), qos, false, null);
    }
}
