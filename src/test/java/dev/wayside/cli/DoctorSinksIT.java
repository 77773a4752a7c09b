package dev.wayside.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.servers.AwsIotLookAlike;
import dev.wayside.servers.Elasticsearch;
import dev.wayside.servers.GuardedBroker;
import dev.wayside.servers.InfluxDb;
import dev.wayside.servers.MosquittoSub;
import dev.wayside.servers.Programs;
import dev.wayside.servers.SharedServers;
import dev.wayside.servers.WaysideProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./wayside doctor} where everything works: it proves so, leaves nothing behind and disturbs nobody. */
@ExtendWith(SharedServers.class)
class DoctorSinksIT {
    private final GuardedBroker broker;
    private final InfluxDb influx;
    private final Elasticsearch elasticsearch;
    private final AwsIotLookAlike aws;

    @TempDir
    Path directory;

    DoctorSinksIT(GuardedBroker broker, InfluxDb influx, Elasticsearch elasticsearch, AwsIotLookAlike aws) {
        this.broker = broker;
        this.influx = influx;
        this.elasticsearch = elasticsearch;
        this.aws = aws;
    }

    @Test
    void everySinkIsProvedAndNothingIsLeftBehind() throws IOException {
        influx.query("", "CREATE DATABASE ready");
        DoctorRun run = DoctorRun.with(Clock.systemUTC(), settings("ready"));
        run.assertNoProblem();
        run.assertOk("model", "is intact (SHA-256); one picture takes");
        run.assertOk("camera front", "640x480 from sample; the model finds in it:");
        run.assertOk("disk speed", "syncs/s; the cameras need 5.0/s");
        run.assertWarning("mqtt certificate", "it expires in 1 day");
        run.assertOk("mqtt login", "the broker accepts the user wayside");
        run.assertOk("mqtt write", "the broker accepted a message to wayside/pi-01/doctor");
        run.assertOk("influxdb write", "a point was written to the database ready and removed");
        run.assertOk(
                "elasticsearch write", "a document was written to the index doctored-doctor, which was then deleted");
        run.assertWarning("aws-iot own certificate", "it expires in 1 day");
        run.assertOk("aws-iot login", "accepted as the thing pi-01");
        assertTrue(influx.query("ready", "SHOW MEASUREMENTS").isMissingNode(), "no measurement is left");
        assertFalse(elasticsearch.request("GET", "/_all/_settings", null).has("doctored-doctor"), "no index is left");
        try (MosquittoSub reader = broker.reader("-t", "wayside/#")) {
            assertEquals(0, reader.on("wayside/pi-01/doctor").count(), "nothing is retained");
        }
        assertFalse(Files.exists(directory.resolve("journal.db")), "no journal was made");
        assertEquals(0, leftovers(), "no file is left");
    }

    @Test
    void aMissingDatabaseIsNotCreated() throws IOException {
        DoctorRun run = DoctorRun.with(Clock.systemUTC(), settings("missing"));
        run.assertNoProblem();
        run.assertOk("influxdb write", "there is no database missing yet, and this user may create it");
        String databases = influx.query("", "SHOW DATABASES").toString();
        assertFalse(databases.contains("missing") || databases.contains("doctor"), databases);
    }

    @Test
    void besideARunningWaysideItDisturbsNothingAndSaysSo() throws IOException {
        try (WaysideProcess wayside =
                WaysideProcess.run(directory, "device=pi-01").awaitStarted()) {
            try (WaysideProcess doctor = WaysideProcess.command(
                    Files.createDirectory(directory.resolve("report")),
                    Map.of(),
                    "doctor",
                    "--set",
                    "journal.path=" + directory.resolve("data/journal.db"))) {
                assertEquals(0, doctor.awaitExit(), doctor.log());
                assertTrue(
                        doctor.log()
                                .contains("it runs as process "
                                        + wayside.process().pid()),
                        doctor.log());
                assertTrue(doctor.log().matches("(?s).*\\d+ ok, \\d+ warnings?, 0 problems\\s*"), doctor.log());
                assertFalse(doctor.log().contains("\u001b"), "no progress outside a terminal: " + doctor.log());
            }
            long published = wayside.status().at("/mqtt/published").asLong();
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> wayside.status().at("/mqtt/published").asLong() > published);
            assertFalse(wayside.log().contains("WARN"), wayside.log());
        }
    }

    private long leftovers() throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("wayside-doctor"))
                    .count();
        }
    }

    private List<String> settings(String database) throws IOException {
        aws.certificates().rsa("pi-01");
        Path password = Files.writeString(directory.resolve("password"), GuardedBroker.PASSWORD);
        return List.of(
                "device=pi-01",
                "http.port=" + Programs.freePort(),
                "journal.path=" + directory.resolve("journal.db"),
                "mqtt.url=ssl://localhost:" + broker.tlsPort(),
                "mqtt.ca-file=" + broker.ca(),
                "mqtt.username=" + GuardedBroker.USER,
                "mqtt.password-file=" + password,
                "influxdb.enabled=true",
                "influxdb.url=http://127.0.0.1:" + influx.port(),
                "influxdb.database=" + database,
                "influxdb.username=" + InfluxDb.USER,
                "influxdb.password-file=" + password,
                "elasticsearch.enabled=true",
                "elasticsearch.url=http://127.0.0.1:" + elasticsearch.port(),
                "elasticsearch.index=doctored",
                "aws-iot.enabled=true",
                "aws-iot.endpoint=localhost",
                "aws-iot.port=" + aws.port(),
                "aws-iot.ca-file=" + aws.certificates().ca(),
                "aws-iot.certificate-file=" + aws.certificates().certificate("pi-01"),
                "aws-iot.key-file=" + aws.certificates().key("pi-01"));
    }
}
