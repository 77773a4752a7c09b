package dev.wayside.mqtt;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.servers.MosquittoSub;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.Test;

class EmbeddedBrokerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void servesOtherClientsAndKeepsRetainedMessages() throws MqttException {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            int port = URI.create(broker.url()).getPort();
            try (MosquittoSub subscriber = new MosquittoSub(port, "-V", "mqttv311");
                    MqttConnection connection = new MqttConnection(broker.url(), "test")) {
                connection.setStatusTopic("wayside/pi/status");
                connection.start();
                await().atMost(PATIENCE)
                        .until(() ->
                                subscriber.on("wayside/pi/status").findAny().isPresent());
                connection.publish("a/b", new MqttMessage("hello".getBytes(StandardCharsets.UTF_8), 1, false, null));
                await().atMost(PATIENCE)
                        .until(() -> subscriber.on("a/b").findAny().isPresent());
                try (MosquittoSub late = new MosquittoSub(port)) {
                    await().atMost(PATIENCE)
                            .until(() -> late.on("wayside/pi/status").anyMatch(MosquittoSub.Message::retained));
                }
            }
        }
    }

    @Test
    void takesTheNextPortWhenTheUsualOneIsTaken() {
        try (EmbeddedBroker first = EmbeddedBroker.start();
                EmbeddedBroker second = EmbeddedBroker.start()) {
            assertNotEquals(first.url(), second.url());
        }
    }

    @Test
    void noticesThatSomebodyElseHasThePort() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertTrue(EmbeddedBroker.startOn(taken.getLocalPort()).isEmpty());
        }
    }
}
