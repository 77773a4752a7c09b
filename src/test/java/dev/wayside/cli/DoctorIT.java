package dev.wayside.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.wayside.servers.ElasticsearchEight;
import dev.wayside.servers.GuardedBroker;
import dev.wayside.servers.InfluxDb;
import dev.wayside.servers.Mosquitto;
import dev.wayside.servers.Programs;
import dev.wayside.servers.SharedServers;
import dev.wayside.servers.SmallDisk;
import dev.wayside.servers.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./wayside doctor} against twelve broken set-ups: each finding names the cause and the fix. */
@ExtendWith(SharedServers.class)
class DoctorIT {
    private static final String GUEST = "guest";

    private final GuardedBroker broker;
    private final InfluxDb influx;

    @TempDir
    Path directory;

    DoctorIT(GuardedBroker broker, InfluxDb influx) {
        this.broker = broker;
        this.influx = influx;
    }

    @Test
    void wrongCa() {
        String other = new TestCertificates(directory).ca();
        doctor(tlsBroker("mqtt.ca-file=" + other))
                .assertOnlyProblem("mqtt certificate", "is not signed by a trusted CA", "check that " + other);
    }

    @Test
    void expiredCertificate() {
        TestCertificates certificates = new TestCertificates(directory).expired("server");
        try (Mosquitto expired = withCertificate(certificates).start()) {
            doctor(
                            "mqtt.enabled=true",
                            "mqtt.url=ssl://localhost:" + expired.port(),
                            "mqtt.ca-file=" + certificates.ca())
                    .assertOnlyProblem("mqtt certificate", "has expired", "renew it, or check the clock");
        }
    }

    @Test
    void noCamera() {
        doctor("camera.url=/dev/video99")
                .assertOnlyProblem("camera front", "no camera at /dev/video99", "is it plugged in?");
    }

    @Test
    void fullDisk() throws IOException {
        try (SmallDisk disk = new SmallDisk(Files.createDirectory(directory.resolve("disk")), 8)) {
            disk.fill();
            doctor("journal.path=" + directory.resolve("disk/journal.db"))
                    .assertOnlyProblem("disk space", "is full", "set journal.path to a file on another disk");
        }
    }

    @Test
    void badModel() throws IOException {
        Path model = directory.resolve("model");
        copy(Path.of("models/ssdlite-mobilenet-v2-coco"), model);
        byte[] content = Files.readAllBytes(model.resolve("model.tflite"));
        content[content.length / 2] ^= 1;
        Files.write(model.resolve("model.tflite"), content);
        doctor("model.path=" + model)
                .assertOnlyProblem("model", "the file is damaged or another model", "Copy it again");
    }

    @Test
    void takenPort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            doctor("http.port=" + taken.getLocalPort())
                    .assertOnlyProblem(
                            "port " + taken.getLocalPort(), "is taken by another program", "choose another port");
        }
    }

    @Test
    void oldServer() throws IOException {
        try (ElasticsearchEight old = new ElasticsearchEight()) {
            doctor("elasticsearch.enabled=true", "elasticsearch.url=http://127.0.0.1:" + old.port())
                    .assertOnlyProblem("elasticsearch write", "is older than 9", "Elasticsearch 9 or later is needed");
        }
    }

    @Test
    void wrongPassword() throws IOException {
        Path wrong = Files.writeString(directory.resolve("wrong"), "not this one");
        doctor(plainBroker(GuardedBroker.USER, wrong))
                .assertOnlyProblem("mqtt login", "not authorized (135)", "Check mqtt.username, mqtt.password-file");
        doctor(database(InfluxDb.USER, wrong))
                .assertOnlyProblem(
                        "influxdb write",
                        "does not accept the user, password or key (401)",
                        "Check influxdb.username and influxdb.password-file");
    }

    @Test
    void unreachableHost() {
        DoctorRun run = doctor("mqtt.enabled=true", "mqtt.url=tcp://no-such-host.invalid:1883");
        run.assertOnlyProblem("mqtt network", "cannot be found (unknown host)", "check the name");
        doctor("mqtt.enabled=true", "mqtt.url=tcp://127.0.0.1:" + Programs.freePort())
                .assertOnlyProblem("mqtt network", "refuses the connection", "check that it runs");
    }

    @Test
    void unreadableKey() throws IOException {
        TestCertificates certificates = new TestCertificates(directory).rsa("client");
        Path key = Path.of(certificates.key("client"));
        String whole = Files.readString(key);
        Files.writeString(key, whole.substring(0, whole.length() / 2));
        doctor(withClient(certificates))
                .assertOnlyProblem("mqtt certificate", "is truncated: a line -----END … is missing", "copy it again");
        Files.writeString(key, whole);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        doctor(withClient(certificates))
                .assertOnlyProblem("mqtt certificate", "can be read by every user of this machine", "chmod o= " + key);
    }

    @Test
    void clockAYearOff() throws IOException {
        Duration year = Duration.ofDays(366);
        DoctorRun.with(Clock.offset(Clock.systemUTC(), year.negated()), settings())
                .assertOnlyProblem("clock", "the clock is behind by at least 365 d", "sudo timedatectl set-ntp true");
        Path password = Files.writeString(directory.resolve("password"), InfluxDb.PASSWORD);
        DoctorRun.with(Clock.offset(Clock.systemUTC(), year), settings(database(InfluxDb.USER, password)))
                .assertOnlyProblem("clock", "this clock is ahead by 366 d", "sudo timedatectl set-ntp true");
    }

    @Test
    void refusedPermission() throws IOException {
        Path password = Files.writeString(directory.resolve("password"), GuardedBroker.PASSWORD);
        doctor(plainBroker("reader", password))
                .assertOnlyProblem(
                        "mqtt write",
                        "the broker refused a message to wayside/pi-01/doctor: not authorized (135)",
                        "Allow the user reader to publish below wayside/pi-01/");
        influx.query("", "CREATE USER " + GUEST + " WITH PASSWORD '" + GUEST + "'");
        influx.query("", "CREATE DATABASE denied");
        doctor(database(GUEST, Files.writeString(directory.resolve("guest"), GUEST), "influxdb.database=denied"))
                .assertOnlyProblem("influxdb write", "denies access (403)", "allow this user to write to the database");
    }

    private DoctorRun doctor(String... settings) {
        DoctorRun run = DoctorRun.with(Clock.systemUTC(), settings(settings));
        assertFalse(run.text().contains(GuardedBroker.PASSWORD), run.text());
        return run;
    }

    /** No sink, and a journal and a port of the test's own. */
    private List<String> settings(String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "device=pi-01",
                "mqtt.enabled=false",
                "http.port=" + Programs.freePort(),
                "journal.path=" + directory.resolve("journal.db")));
        settings.addAll(List.of(more));
        return settings;
    }

    private String[] plainBroker(String user, Path password) {
        return new String[] {
            "mqtt.enabled=true",
            "mqtt.url=tcp://127.0.0.1:" + broker.port(),
            "mqtt.username=" + user,
            "mqtt.password-file=" + password
        };
    }

    private String[] tlsBroker(String... more) {
        return Stream.concat(
                        Stream.of("mqtt.enabled=true", "mqtt.url=ssl://localhost:" + broker.tlsPort()), Stream.of(more))
                .toArray(String[]::new);
    }

    private String[] withClient(TestCertificates certificates) {
        return tlsBroker(
                "mqtt.ca-file=" + broker.ca(),
                "mqtt.certificate-file=" + certificates.certificate("client"),
                "mqtt.key-file=" + certificates.key("client"));
    }

    private String[] database(String user, Path password, String... more) {
        return Stream.concat(
                        Stream.of(
                                "influxdb.enabled=true",
                                "influxdb.url=http://127.0.0.1:" + influx.port(),
                                "influxdb.username=" + user,
                                "influxdb.password-file=" + password),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private Mosquitto withCertificate(TestCertificates certificates) {
        return new Mosquitto(
                directory,
                "user root",
                "allow_anonymous true",
                "certfile " + certificates.certificate("server"),
                "keyfile " + certificates.key("server"));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
