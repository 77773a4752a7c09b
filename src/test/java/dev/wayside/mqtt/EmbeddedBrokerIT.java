package dev.wayside.mqtt;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.wayside.failure.UnavailableException;
import dev.wayside.net.Ports;
import dev.wayside.servers.MosquittoSub;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    void saysItselfThatAnotherProcessHasThePort() throws Exception {
        try (LogOfArtemis log = new LogOfArtemis();
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();
            UnavailableException failure =
                    assertThrows(UnavailableException.class, () -> EmbeddedBroker.startOn(port, 1));
            assertEquals(
                    "The embedded MQTT broker finds no free port from " + port + " to " + port
                            + " on 127.0.0.1; set mqtt.url to a broker of your own.",
                    failure.getMessage());
            assertEquals(List.of(), log.lines());
        }
    }

    /** As when a script starts one for each camera. */
    @Test
    void severalStartAtTheSameInstant() throws Exception {
        int brokers = 4;
        ExecutorService threads = Executors.newFixedThreadPool(brokers);
        List<EmbeddedBroker> started = new ArrayList<>();
        try (LogOfArtemis log = new LogOfArtemis()) {
            CyclicBarrier together = new CyclicBarrier(brokers);
            Callable<EmbeddedBroker> start = () -> {
                together.await();
                return EmbeddedBroker.start();
            };
            for (Future<EmbeddedBroker> broker : threads.invokeAll(Collections.nCopies(brokers, start))) {
                started.add(broker.get());
            }
            assertEquals(
                    brokers,
                    started.stream().map(EmbeddedBroker::url).distinct().count());
            assertEquals(List.of(), log.lines());
        } finally {
            started.forEach(EmbeddedBroker::close);
            threads.shutdownNow();
        }
    }

    /** Simulates a dashboard that keeps trying the port while the broker starts and stops. */
    @Test
    void startsAndStopsWithoutAnErrorWhileClientsConnectTheWholeTime() throws Exception {
        int port = portThatNoClientIsGiven();
        try (LogOfArtemis log = new LogOfArtemis();
                ConnectingClients clients = new ConnectingClients(port, 8)) {
            for (int round = 0; round < 30; round++) {
                long before = clients.accepted();
                EmbeddedBroker broker = EmbeddedBroker.startOn(port, 1);
                await().pollInterval(Duration.ofMillis(5))
                        .atMost(PATIENCE)
                        .until(() -> clients.accepted() >= before + 20);
                broker.close();
            }
            assertEquals(List.of(), log.lines());
        }
    }

    /** What Artemis logs, which says nothing to a user. */
    private static final class LogOfArtemis implements AutoCloseable {
        private final Logger artemis = (Logger) LoggerFactory.getLogger("org.apache.activemq");
        private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

        LogOfArtemis() {
            appender.start();
            artemis.addAppender(appender);
        }

        List<String> lines() {
            return appender.list.stream().map(String::valueOf).toList();
        }

        @Override
        public void close() {
            artemis.detachAppender(appender);
        }
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
