package dev.wayside.mqtt;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.wayside.net.Ports;
import dev.wayside.servers.MosquittoSub;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

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
    void detectsThatAnotherProcessHasThePort() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertTrue(EmbeddedBroker.startOn(taken.getLocalPort()).isEmpty());
        }
    }

    /** Simulates a dashboard that keeps trying the port while the broker starts and stops. */
    @Test
    void startsAndStopsWithoutAnErrorWhileClientsConnectTheWholeTime() throws Exception {
        Logger artemis = (Logger) LoggerFactory.getLogger("org.apache.activemq");
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        artemis.addAppender(said);
        int port = portThatNoClientIsGiven();
        try (ConnectingClients clients = new ConnectingClients(port, 8)) {
            for (int round = 0; round < 30; round++) {
                long before = clients.accepted();
                EmbeddedBroker broker = EmbeddedBroker.startOn(port).orElseThrow();
                await().pollInterval(Duration.ofMillis(5))
                        .atMost(PATIENCE)
                        .until(() -> clients.accepted() >= before + 20);
                broker.close();
            }
        } finally {
            artemis.detachAppender(said);
        }
        assertEquals(List.of(), said.list.stream().map(String::valueOf).toList());
    }

    /** Below the ephemeral ports: with one of those, a client could connect to itself while no broker is listening. */
    private static int portThatNoClientIsGiven() throws IOException {
        for (int port = 21_883; ; port++) {
            try {
                return Ports.probe("127.0.0.1", port);
            } catch (BindException e) {
                assertTrue(port < 22_000, "no port is free");
            }
        }
    }
}
