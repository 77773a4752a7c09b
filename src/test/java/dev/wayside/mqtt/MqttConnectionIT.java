package dev.wayside.mqtt;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.servers.Mosquitto;
import dev.wayside.servers.MosquittoSub;
import dev.wayside.servers.Programs;
import dev.wayside.servers.TestCertificates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MqttConnectionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private MqttConnection connection;

    @AfterEach
    void closeConnection() throws MqttException {
        if (connection != null) {
            connection.close();
        }
    }

    @Test
    void publishesItsMessagesAndItsPresence() throws MqttException {
        try (Mosquitto broker = anonymous().start();
                MosquittoSub subscriber = new MosquittoSub(broker.port())) {
            connect(broker.url(), more -> {});
            await().atMost(PATIENCE).until(() -> subscriber.on("status").anyMatch(m -> m.payload()
                    .equals("online")));
            connection.publish("a/b", message("hello"));
            await().atMost(PATIENCE)
                    .until(() -> subscriber.on("a/b").anyMatch(m -> m.payload().equals("hello")));
            assertEquals(1L, connection.status().get("published"));
            connection.close();
            connection = null;
            await().atMost(PATIENCE).until(() -> subscriber.on("status").anyMatch(m -> m.payload()
                    .equals("offline")));
            try (MosquittoSub late = new MosquittoSub(broker.port())) {
                await().atMost(PATIENCE).until(() -> late.on("status")
                        .anyMatch(m -> m.retained() && m.payload().equals("offline")));
            }
        }
    }

    @Test
    void theBrokerPublishesOfflineForALostConnection() throws MqttException {
        try (Mosquitto broker = anonymous().start();
                MosquittoSub subscriber = new MosquittoSub(broker.port())) {
            connect(broker.url(), more -> {});
            await().atMost(PATIENCE).until(() -> subscriber.on("status").anyMatch(m -> m.payload()
                    .equals("online")));
            connection.disconnectForcibly(0, 1, false);
            await().atMost(PATIENCE).until(() -> subscriber.on("status").anyMatch(m -> m.payload()
                    .equals("offline")));
        }
    }

    @Test
    void waitsForASubscriberIfItIsToldTo() throws MqttException {
        try (Mosquitto broker = anonymous().start()) {
            connect(broker.url(), more -> more.setRequireSubscriber(true));
            MqttException nobody = assertThrows(MqttException.class, () -> connection.publish("a/b", message("hello")));
            assertEquals(
                    "nobody subscribes to a/b, so the broker would drop the event (mqtt.require-subscriber)",
                    nobody.getMessage());
            try (MosquittoSub subscriber = new MosquittoSub(broker.port())) {
                await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                    connection.publish("a/b", message("hello"));
                    return true;
                });
                await().atMost(PATIENCE)
                        .until(() -> subscriber.on("a/b").findAny().isPresent());
            }
        }
    }

    @Test
    void reconnectsToABrokerThatIsAbsentAtTheStartOrDies() throws MqttException {
        try (Mosquitto broker = anonymous()) {
            connection = prepare(broker.url());
            connection.start();
            await().atMost(PATIENCE).until(() -> reason().contains("refuses the connection"));
            assertThrows(MqttException.class, () -> connection.publish("a", message("x")));
            broker.start();
            await().atMost(PATIENCE).until(connection::isConnected);
            connection.publish("a", message("x"));
            broker.kill();
            await().atMost(PATIENCE).until(() -> !connection.isConnected());
            broker.start();
            await().atMost(PATIENCE).until(connection::isConnected);
            connection.publish("a", message("x"));
        }
    }

    @Test
    void aMessageThatTheBrokerRefusesIsAnError() throws Exception {
        Path acl = Files.writeString(directory.resolve("acl"), "topic readwrite allowed/#\n");
        try (Mosquitto broker =
                new Mosquitto(directory, "allow_anonymous true", "acl_file " + acl, "user root").start()) {
            connect(broker.url(), more -> more.setStatusTopic("allowed/status"));
            MqttRefusedException refused =
                    assertThrows(MqttRefusedException.class, () -> connection.publish("forbidden", message("x")));
            assertEquals("the broker refused a message to forbidden: not authorized (135)", refused.getMessage());
        }
    }

    @Test
    void aWrongPasswordIsExplained() throws Exception {
        Path passwords = Files.writeString(directory.resolve("passwords"), "pi:right\n");
        hash(passwords);
        try (Mosquitto broker =
                new Mosquitto(directory, "allow_anonymous false", "password_file " + passwords, "user root").start()) {
            connection = prepare(broker.url());
            connection.start();
            await().atMost(PATIENCE).until(() -> reason().contains("not authorized"));
            connection.close();
            MqttConnection prepared = prepare(broker.url());
            prepared.setUsername("pi");
            prepared.setPasswordFile(
                    Files.writeString(directory.resolve("secret"), "right\n").toString());
            connection = prepared;
            connection.start();
            await().atMost(PATIENCE).until(connection::isConnected);
        }
    }

    @Test
    void speaksTlsWithAnRsaOrEcClientCertificate() throws MqttException {
        TestCertificates certificates =
                new TestCertificates(directory).rsa("server").rsa("rsa-client").ec("ec-client");
        try (Mosquitto broker = mutualTls(certificates).start()) {
            for (String client : new String[] {"rsa-client", "ec-client"}) {
                connect("ssl://localhost:" + broker.port(), more -> {
                    more.setCaFile(certificates.ca());
                    more.setCertificateFile(certificates.certificate(client));
                    more.setKeyFile(certificates.key(client));
                });
                connection.publish("a", message("x"));
                connection.close();
                connection = null;
            }
        }
    }

    @Test
    void anUntrustedCertificateIsExplained() throws Exception {
        TestCertificates certificates = new TestCertificates(directory).rsa("server");
        TestCertificates other = new TestCertificates(Files.createDirectory(directory.resolve("other")));
        try (Mosquitto broker = mutualTls(certificates).start()) {
            MqttConnection prepared = prepare("ssl://localhost:" + broker.port());
            prepared.setCaFile(other.ca());
            connection = prepared;
            connection.start();
            await().atMost(PATIENCE)
                    .until(() -> reason().contains("the broker has a certificate that is not signed by a trusted CA"));
        }
    }

    @Test
    void aMissingOrBrokenPemFileIsNamed() throws Exception {
        MqttConnection prepared = prepare("ssl://localhost:1");
        prepared.setCaFile("/nowhere/ca.pem");
        assertMessage("/nowhere/ca.pem", prepared);
        prepared.setCaFile(
                Files.writeString(directory.resolve("no.pem"), "nonsense").toString());
        assertMessage("no.pem for the certificate contains no PEM block", prepared);
    }

    private static void assertMessage(String part, MqttConnection prepared) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, prepared::start);
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    private Mosquitto anonymous() {
        return new Mosquitto(directory, "allow_anonymous true");
    }

    private Mosquitto mutualTls(TestCertificates certificates) {
        return new Mosquitto(
                directory,
                "user root",
                "allow_anonymous true",
                "cafile " + certificates.ca(),
                "certfile " + certificates.certificate("server"),
                "keyfile " + certificates.key("server"),
                "require_certificate true");
    }

    private void connect(String url, Consumer<MqttConnection> more) throws MqttException {
        connection = prepare(url);
        more.accept(connection);
        connection.start();
        await().atMost(PATIENCE).until(connection::isConnected);
    }

    private static MqttConnection prepare(String url) throws MqttException {
        MqttConnection prepared = new MqttConnection(url, "test");
        prepared.setStatusTopic("status");
        return prepared;
    }

    private String reason() {
        return String.valueOf(connection.status().get("reason"));
    }

    private static MqttMessage message(String text) {
        return new MqttMessage(text.getBytes(StandardCharsets.UTF_8), 1, false, null);
    }

    private static void hash(Path passwords) throws Exception {
        String program = Programs.require("mosquitto_passwd", "mosquitto").toString();
        assertEquals(
                0,
                new ProcessBuilder(program, "-U", passwords.toString()).start().waitFor());
    }
}
