package dev.wayside.sinks;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.wayside.servers.InfluxDb;
import dev.wayside.servers.Mosquitto;
import dev.wayside.servers.Programs;
import dev.wayside.servers.WaysideProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings with characters that mean something in URIs, from a file as Windows writes it, at real servers. */
class ExactValuesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MQTT_PASSWORD = "c%25d)&{{x}}";

    @TempDir
    Path directory;

    @TempDir
    Path brokerDirectory;

    @Test
    void userPasswordAndDatabaseArriveAsTheyWereWritten() throws Exception {
        Path passwords = brokerDirectory.resolve("passwords");
        String program = Programs.require("mosquitto_passwd", "mosquitto").toString();
        assertEquals(
                0,
                new ProcessBuilder(program, "-b", "-c", passwords.toString(), "r&d", MQTT_PASSWORD)
                        .start()
                        .waitFor());
        String[] lines = {"allow_anonymous false", "password_file " + passwords, "user root"};
        try (Mosquitto broker = new Mosquitto(brokerDirectory, lines).start();
                InfluxDb influx = new InfluxDb().start()) {
            Files.writeString(
                    directory.resolve("wayside.properties"),
                    String.join(
                            "\r\n",
                            "\uFEFFmqtt.url=" + broker.url() + "/",
                            "mqtt.username=r&d",
                            "mqtt.password=" + MQTT_PASSWORD,
                            "influxdb.enabled=true",
                            "influxdb.url=http://127.0.0.1:" + influx.port() + "/",
                            "influxdb.database=r&d",
                            "influxdb.username=" + InfluxDb.USER,
                            "influxdb.password=" + InfluxDb.PASSWORD,
                            ""));
            try (WaysideProcess wayside = WaysideProcess.run(directory)) {
                wayside.awaitStarted();
                await().atMost(PATIENCE)
                        .until(() -> wayside.status().at("/mqtt/published").asLong() > 0);
                await().atMost(PATIENCE).until(() -> databases(influx).anyMatch("r&d"::equals));
                await().atMost(PATIENCE).until(() -> !influx.query("r&d", "select * from detections limit 1")
                        .isMissingNode());
                assertFalse(databases(influx).anyMatch("r"::equals));
                String said = wayside.log() + wayside.status();
                assertFalse(said.contains(MQTT_PASSWORD) || said.contains(InfluxDb.PASSWORD), said);
            }
        }
    }

    private static Stream<String> databases(InfluxDb influx) {
        return StreamSupport.stream(
                        influx.query("", "SHOW DATABASES")
                                .path(0)
                                .path("values")
                                .spliterator(),
                        false)
                .map(row -> row.path(0).asText());
    }
}
