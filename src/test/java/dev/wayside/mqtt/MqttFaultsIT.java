package dev.wayside.mqtt;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.wayside.servers.AwsIotLookAlike;
import dev.wayside.servers.Mosquitto;
import dev.wayside.servers.MosquittoSub;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** How a connection handles brokers that hang, close it, limit it, or displace it by another client. */
class MqttFaultsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Enough for thousands of messages with an acknowledgement each. */
    private static final Duration LONG_PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path directory;

    private MqttConnection connection;

    @AfterEach
    void closeConnection() {
        if (connection != null) {
            connection.close();
        }
    }

    /** Mosquitto 2.0 closes the older connection without a reason. */
    @Test
    void twoClientsWithOneIdEachReportItOnceAndDoNotAlternateEverySecond() throws Exception {
        try (Mosquitto broker = new Mosquitto(directory, "allow_anonymous true").start()) {
            // Each client logs: connected, closed, keeps dropping.
            List<String> said = saidByTwoClients(broker.url(), "perhaps another client uses the client id same", 6);
            assertEquals(6, said.size(), said::toString);
            assertEquals(
                    2, said.stream().filter(s -> s.contains("another client")).count(), said::toString);
        }
    }

    /** Artemis closes the older connection with reason code 142. */
    @Test
    void aDisplacedClientWaitsForLong() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            List<String> said = saidByTwoClients(broker.url(), ": another client uses the client id same", 3);
            assertEquals(3, said.size(), said::toString);
            assertEquals(
                    1, said.stream().filter(s -> s.contains("another client")).count(), said::toString);
        }
    }

    /** What the clients log until there are this many lines, and in the seconds after. */
    private List<String> saidByTwoClients(String url, String words, int lines) throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(ConnectionReport.class);
        log.start();
        logger.addAppender(log);
        try (MqttConnection other = new MqttConnection(url, "same")) {
            connect(new MqttConnection(url, "same"));
            other.start();
            await().atMost(PATIENCE).until(() -> reason().contains(words));
            await().atMost(PATIENCE).until(() -> said(log, url).size() >= lines);
            await().during(Duration.ofSeconds(5))
                    .atMost(PATIENCE)
                    .until(() -> said(log, url).size() >= lines);
            return said(log, url);
        } finally {
            logger.detachAppender(log);
        }
    }

    /** Only from connections to this broker, because another test's may still be logging. */
    private static List<String> said(ListAppender<ILoggingEvent> log, String url) {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.contains(url))
                .toList();
    }

    @Test
    void aBrokerThatClosesOnEachMessageIsReportedWithAdvice() throws Exception {
        try (ClosingBroker broker = new ClosingBroker()) {
            connection = new MqttConnection(broker.url(), "curt");
            connection.setAdvice("Look at the policy");
            connection.start();
            String said = await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(
                            this::reasonAfterAMessage,
                            reason -> reason.contains("closes the connection on each message"));
            assertTrue(said.endsWith("Look at the policy"), said);
        }
    }

    private String reasonAfterAMessage() {
        if (connection.isConnected()) {
            MqttUnavailableException e = assertThrows(
                    MqttUnavailableException.class, () -> connection.publish("smarter/test", message("x")));
            assertTrue(e.getMessage().contains("smarter/test") || e.getMessage().contains("no connection"));
        }
        return reason();
    }

    @Test
    void aMessageAboveTheAnnouncedLimitIsRefusedAndTheConnectionStays() throws Exception {
        try (Mosquitto broker = new Mosquitto(directory, "allow_anonymous true", "max_packet_size 2000").start()) {
            connect(new MqttConnection(broker.url(), "large"));
            MqttRefusedException refused =
                    assertThrows(MqttRefusedException.class, () -> connection.publish("a", message("x".repeat(2000))));
            assertTrue(refused.getMessage().contains("no more than 2000 are allowed"), refused::getMessage);
            // Fixed header 3, topic 3, message id 2, properties 1, topic alias 3: the largest that fits.
            connection.publish("a", message("x".repeat(2000 - 12)));
            assertThrows(MqttRefusedException.class, () -> connection.publish("a", message("x".repeat(2000 - 11))));
            assertTrue(connection.isConnected());
        }
    }

    /** Mosquitto answers with a reason code that is invalid in an acknowledgement, and Paho closes the connection. */
    @Test
    void aLimitThatTheBrokerDoesNotAnnounceCanBeSet() throws Exception {
        try (Mosquitto broker = new Mosquitto(directory, "allow_anonymous true", "message_size_limit 1000").start()) {
            connect(new MqttConnection(broker.url(), "limited"));
            assertThrows(MqttUnavailableException.class, () -> connection.publish("a", message("x".repeat(1001))));
            connection.close();
            MqttConnection limited = new MqttConnection(broker.url(), "limited");
            limited.setMaxMessageSize(1000);
            connect(limited);
            assertThrows(MqttRefusedException.class, () -> connection.publish("a", message("x".repeat(1001))));
            connection.publish("a", message("x".repeat(1000)));
        }
    }

    /** Paho's own client sometimes fails with "too many publishes in progress" (32202) here. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 20})
    void neverExceedsTheReceiveMaximumAndNoMessageFails(int receiveMaximum) throws Exception {
        try (Mosquitto broker = new Mosquitto(
                                directory,
                                "allow_anonymous true",
                                "max_inflight_messages " + receiveMaximum,
                                "max_queued_messages 100000")
                        .start();
                MosquittoSub subscriber = new MosquittoSub(broker.port(), "-V", "5")) {
            connect(new MqttConnection(broker.url(), "many"));
            await().atMost(PATIENCE).until(() -> {
                connection.publish("subscribed", message("?"));
                return subscriber.on("subscribed").findAny().isPresent();
            });
            // Two routes may publish at once; the counts, of QoS 0, go between the events.
            CompletableFuture.allOf(many("a"), many("b")).get(LONG_PATIENCE.toSeconds(), TimeUnit.SECONDS);
            await().atMost(LONG_PATIENCE)
                    .until(() -> subscriber.on("a").count() + subscriber.on("b").count() >= 3000);
            for (String topic : List.of("a", "b")) {
                assertEquals(
                        IntStream.range(0, 1500).mapToObj(String::valueOf).toList(),
                        subscriber.on(topic).map(MosquittoSub.Message::payload).toList());
            }
            assertEquals(0L, connection.status().get("failed"));
        }
    }

    private CompletableFuture<Void> many(String topic) {
        return CompletableFuture.runAsync(() -> {
            try {
                for (int i = 0; i < 1500; i++) {
                    connection.publish(topic, message(String.valueOf(i)));
                    connection.publish(topic + "/count", new MqttMessage(new byte[] {'1'}, 0, false, null));
                }
            } catch (MqttException e) {
                throw new CompletionException(e);
            }
        });
    }

    @Test
    void messagesHaveAContentTypeAndExpire() throws Exception {
        try (Mosquitto broker = new Mosquitto(directory, "allow_anonymous true").start();
                MosquittoSub subscriber = new MosquittoSub(broker.port(), "-V", "5", "-F", "%t %r %C %E")) {
            MqttConnection prepared = new MqttConnection(broker.url(), "properties");
            prepared.setContentType("application/json");
            prepared.setMessageExpirySeconds(3600);
            connect(prepared);
            await().atMost(PATIENCE).until(() -> {
                connection.publish("a", message("{}"));
                return subscriber.on("a").anyMatch(m -> m.payload().startsWith("application/json 3"));
            });
        }
    }

    @Test
    void aMissingClientCertificateIsExplained() throws Exception {
        try (AwsIotLookAlike aws = new AwsIotLookAlike(directory).start()) {
            connection = new MqttConnection("ssl://localhost:" + aws.port(), "nobody");
            connection.setCaFile(aws.certificates().ca());
            connection.start();
            await().atMost(PATIENCE).until(() -> reason().contains("the broker requires a client certificate"));
        }
    }

    private void connect(MqttConnection prepared) {
        connection = prepared;
        connection.start();
        await().atMost(PATIENCE).until(connection::isConnected);
    }

    private String reason() {
        return String.valueOf(connection.status().get("reason"));
    }

    private static MqttMessage message(String text) throws MqttException {
        return new MqttMessage(text.getBytes(StandardCharsets.UTF_8), 1, false, null);
    }
}
