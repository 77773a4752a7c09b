package dev.wayside.mqtt;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The outcome of messages that a broker refuses, does not acknowledge or does not even read. */
class MqttRefusalsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(100);

    private ScriptedBroker broker;
    private MqttConnection connection;

    @AfterEach
    void close() throws IOException {
        connection.close();
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {135, 144})
    void aRefusedTopicIsNotAPermanentRefusalOnOneTopic(int code) throws Exception {
        connect(ClosingBroker.ACCEPTED, topic -> code);
        connection.setOneTopic(true);
        connection.setAdvice("Look at the policy");
        connection.start();
        awaitConnected();
        String words = assertThrows(MqttUnavailableException.class, () -> connection.publish("a", message(1)))
                .getMessage();
        assertEquals("the broker refused a message to a: " + ReasonCodes.words(code) + ". Look at the policy", words);
    }

    @Test
    void aFaultyMessageIsRefusedPermanentlyOnOneTopicToo() throws Exception {
        connect(ClosingBroker.ACCEPTED, topic -> 153);
        connection.setOneTopic(true);
        connection.start();
        awaitConnected();
        assertThrows(MqttRefusedException.class, () -> connection.publish("a", message(1)));
    }

    /** Paho sends such a message with QoS 0 and reports success. */
    @Test
    void aBrokerWithoutAcknowledgementsGetsNoEvents() throws Exception {
        AtomicInteger received = new AtomicInteger();
        connect(ScriptedBroker.ACCEPTED_WITHOUT_ACKNOWLEDGEMENTS, topic -> received.incrementAndGet());
        connection.start();
        awaitConnected();
        String words = assertThrows(MqttUnavailableException.class, () -> connection.publish("a", message(1)))
                .getMessage();
        assertEquals(
                "the broker does not acknowledge messages (Maximum QoS 0), so a lost message would go unnoticed;"
                        + " allow QoS 1 on the broker, or use another one",
                words);
        connection.publish("a/count", message(0));
        await().atMost(PATIENCE).until(() -> received.get() == 1);
    }

    /** 500 messages of 100 KB each do not fit into the memory of a small machine, nor into the system's buffers. */
    @Test
    void unacknowledgedMessagesDoNotFillTheMemoryWhileTheBrokerHangs() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        connect(ClosingBroker.ACCEPTED, topic -> waitFor(end));
        connection.setTimeToWait(1000);
        connection.start();
        awaitConnected();
        MqttMessage large = new MqttMessage(new byte[100_000], 0, false, null);
        try {
            assertThrows(MqttUnavailableException.class, () -> {
                for (int i = 0; i < 500; i++) {
                    connection.publish("a", large);
                }
            });
            long published = (long) connection.status().get("published");
            assertTrue(published < 300, () -> published + " were taken");
        } finally {
            end.countDown();
        }
    }

    /**
     * The time between a loss and its reason is short, so the test causes many losses and reads the status all the
     * time.
     */
    @Test
    void aLostConnectionNeverHasAnOldReason() throws Exception {
        for (int i = 0; i < 20; i++) {
            connect(ClosingBroker.ACCEPTED, topic -> {
                throw new EOFException("closes");
            });
            connection.start();
            awaitConnected();
            connection.publish("a", message(0));
            long end = System.nanoTime() + LOOK.toNanos();
            while (System.nanoTime() < end) {
                assertNotEquals(
                        "not connected yet", String.valueOf(connection.status().get("reason")));
            }
            close();
        }
    }

    /** AWS IoT does so. The event before the count is always acknowledged, and the event after it never. */
    @Test
    void aBrokerThatClosesOnACountIsReported() throws Exception {
        connect(ClosingBroker.ACCEPTED, topic -> {
            if (topic.endsWith("_count")) {
                throw new EOFException("closes");
            }
            return 0;
        });
        connection.start();
        await().atMost(PATIENCE).until(() -> {
            try {
                connection.publish("event", message(1));
                connection.publish("demo/car_count", message(0));
                connection.publish("event", message(1));
            } catch (MqttUnavailableException e) {
                return String.valueOf(connection.status().get("reason"))
                        .contains("the broker closes the connection after a message to demo/car_count, probably");
            }
            return false;
        });
    }

    @Test
    void disconnectsFromABrokerThatDoesNotAcknowledgeOffline() throws Exception {
        connect(ClosingBroker.ACCEPTED, topic -> -1);
        connection.setStatusTopic("status");
        connection.start();
        awaitConnected();
        connection.close();
        assertTrue(broker.wasLeft());
    }

    @Test
    void aRefusedStatusMessageIsLoggedOnce() throws Exception {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger("dev.wayside.mqtt");
        lines.start();
        logger.addAppender(lines);
        try {
            connect(ClosingBroker.ACCEPTED, topic -> 135);
            connection.setStatusTopic("status");
            connection.start();
            awaitConnected();
            connection.close();
            assertEquals(
                    List.of("MQTT: the broker refuses status messages on status: not authorized (135);"
                            + " allow scripted to publish there"),
                    lines.list.stream()
                            .filter(line -> line.getLevel() == Level.WARN)
                            .map(ILoggingEvent::getFormattedMessage)
                            .toList());
        } finally {
            logger.detachAppender(lines);
        }
    }

    private static int waitFor(CountDownLatch latch) throws IOException {
        try {
            latch.await();
            return -1;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
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
