package dev.wayside.sinks;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.servers.GuardedBroker;
import dev.wayside.servers.MosquittoSub;
import dev.wayside.servers.SharedServers;
import dev.wayside.servers.TestCertificates;
import dev.wayside.servers.WaysideProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** All of Wayside and a broker that asks who comes, as its users start it. */
@ExtendWith(SharedServers.class)
class MqttRunIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final String device = "pi-" + UUID.randomUUID();
    private final String statusTopic = "wayside/" + device + "/status";
    private final GuardedBroker broker;

    MqttRunIT(GuardedBroker broker) {
        this.broker = broker;
    }

    @Test
    void saysOnlineWhenItComesAndTheBrokerSaysOfflineWhenItIsKilled() {
        try (MosquittoSub reader = broker.reader("-F", "%t %r %p");
                WaysideProcess wayside = WaysideProcess.run(
                        directory,
                        Map.of("WAYSIDE_MQTT_PASSWORD", GuardedBroker.PASSWORD),
                        "device=" + device,
                        "mqtt.url=ssl://localhost:" + broker.tlsPort(),
                        "mqtt.ca-file=" + broker.ca(),
                        "mqtt.username=" + GuardedBroker.USER)) {
            await().atMost(PATIENCE).until(() -> said(reader).equals(List.of("online")));
            assertEquals("online", retained());
            wayside.process().destroyForcibly();
            await().atMost(PATIENCE).until(() -> said(reader).equals(List.of("online", "offline")));
            assertEquals("offline", retained());
        }
    }

    private List<String> said(MosquittoSub reader) {
        return reader.on(statusTopic).map(MosquittoSub.Message::payload).toList();
    }

    /** What somebody learns who comes later. */
    private String retained() {
        try (MosquittoSub late = broker.reader("-F", "%t %r %p")) {
            await().atMost(PATIENCE).until(() -> late.on(statusTopic).count() == 1);
            MosquittoSub.Message message = late.on(statusTopic).findFirst().orElseThrow();
            assertTrue(message.retained());
            return message.payload();
        }
    }

    @Test
    void aKeyThatEverybodyMayReadStopsTheStartWithASentence() throws Exception {
        TestCertificates certificates =
                new TestCertificates(Files.createDirectory(directory.resolve("own"))).ec(device);
        Path key = Path.of(certificates.key(device));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        try (WaysideProcess wayside = WaysideProcess.run(
                directory,
                "mqtt.url=ssl://localhost:" + broker.tlsPort(),
                "mqtt.certificate-file=" + certificates.certificate(device),
                "mqtt.key-file=" + key)) {
            assertEquals(2, wayside.awaitExit());
            assertTrue(
                    wayside.log()
                            .contains("wayside: The private key " + key + " can be read by every user of this machine"),
                    wayside::log);
        }
    }
}
