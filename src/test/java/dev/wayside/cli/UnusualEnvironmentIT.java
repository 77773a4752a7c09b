package dev.wayside.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.servers.Elasticsearch;
import dev.wayside.servers.InfluxDb;
import dev.wayside.servers.Mosquitto;
import dev.wayside.servers.MosquittoSub;
import dev.wayside.servers.Programs;
import dev.wayside.servers.SharedServers;
import dev.wayside.servers.WaysideCopy;
import dev.wayside.servers.WaysideProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Many unusual properties of a machine at once: each is harmless alone, and their combination must be, too. */
@ExtendWith(SharedServers.class)
class UnusualEnvironmentIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final boolean ROOT = System.getProperty("user.name").equals("root");

    @TempDir
    Path directory;

    private final InfluxDb influx;
    private final Elasticsearch elasticsearch;
    private final int httpPort = Programs.freePort();

    UnusualEnvironmentIT(InfluxDb influx, Elasticsearch elasticsearch) {
        this.influx = influx;
        this.elasticsearch = elasticsearch;
    }

    @Test
    void eventsArriveEverywhere() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path clone = WaysideCopy.sources(directory.resolve("my projects, yard+1/wayside"));
        Path home = Files.createDirectory(directory.resolve("home of nobody"));
        Path working = Files.createDirectory(clone.resolve("Süd"));
        build(clone);
        if (ROOT) {
            WaysideCopy.give("nobody:nogroup", clone, home);
        }
        Path brokerFolder = Files.createDirectory(directory.resolve("broker"));
        try (Mosquitto broker = new Mosquitto(brokerFolder, "allow_anonymous true", "user root").start();
                MosquittoSub subscriber = new MosquittoSub(broker.port())) {
            writeSettings(working.resolve("wayside.properties"), broker.port());
            try (WaysideProcess wayside = start(clone, home, working).awaitStarted()) {
                await().atMost(PATIENCE)
                        .until(() -> subscriber.on("wayside/gate/front/event").count() >= 5);
                await().atMost(PATIENCE).until(() -> !influx.query("r&d", "select * from detections limit 1")
                        .isMissingNode());
                // It answers with an error until the new index is ready.
                await().atMost(PATIENCE)
                        .ignoreExceptions()
                        .until(() -> elasticsearch
                                        .request("GET", "/odd-events-*/_count", null)
                                        .path("count")
                                        .asInt()
                                > 0);
                assertRoutesAreTakenUp(clone, wayside);
                assertEquals(
                        "running", wayside.status().path("state").asText(), () -> wayside.status() + wayside.log());
                assertTrue(Files.isDirectory(home.resolve(".cache/wayside/natives")), wayside.log());
                wayside.process().destroy();
                assertEquals(0, wayside.awaitExit(), wayside.log());
                assertFalse(wayside.log().contains("\tat "), wayside.log());
            }
        }
        try (Stream<Path> files = Files.list(clone.resolve("target"))) {
            List<String> archives = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains(".jsa"))
                    .toList();
            assertEquals(1, archives.size(), archives::toString);
            assertTrue(archives.get(0).endsWith(".jsa"), archives::toString);
        }
        if (ROOT) {
            assertSaysThatItMayNotWrite(clone, home);
        } else {
            Programs.missing("all this worked, but not as a user without rights: that needs root's");
        }
    }

    /** Builds as the first start does. Maven's output must not contain escape codes. */
    private void build(Path clone) throws IOException, InterruptedException {
        Programs.require("mvn", "maven");
        // The program script emulates a terminal: only there does Maven use colours.
        Process process = new ProcessBuilder(
                        Programs.require("script", "bsdutils").toString(),
                        "-qec",
                        "'" + clone.resolve("wayside") + "' --version",
                        "/dev/null")
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), printed);
        List<String> lines = printed.lines().toList();
        assertTrue(lines.get(0).startsWith("wayside: building; "), printed);
        assertTrue(lines.get(1).startsWith("wayside "), printed);
        assertFalse(printed.contains("\u001b"), printed);
    }

    private void assertSaysThatItMayNotWrite(Path clone, Path home) throws IOException {
        Path foreign = Files.createDirectory(directory.resolve("of somebody else"));
        String reason = "this user may not write " + foreign.resolve("data") + "; start Wayside in a folder";
        try (WaysideProcess wayside = start(clone, home, foreign)) {
            await().atMost(PATIENCE).until(() -> wayside.log().contains(reason));
        }
    }

    private WaysideProcess start(Path clone, Path home, Path working) throws IOException {
        Path hosts = Files.writeString(directory.resolve("hosts"), "127.0.0.1 localhost my_broker\n");
        List<String> command = new ArrayList<>();
        if (ROOT) {
            command.addAll(List.of(
                    Programs.require("setpriv", "util-linux").toString(),
                    "--reuid=nobody",
                    "--regid=nogroup",
                    "--clear-groups",
                    "--no-new-privs"));
        }
        command.addAll(List.of(clone.resolve("wayside").toString(), "run"));
        Map<String, String> environment = Map.of(
                "PATH",
                System.getenv("PATH"),
                "HOME",
                home.toString(),
                "WAYSIDE_HTTP_PORT",
                String.valueOf(httpPort),
                "WAYSIDE_JAVA_OPTS",
                "-Djdk.net.hosts.file=" + hosts);
        return WaysideProcess.elsewhere(working, environment, httpPort, command);
    }

    private void writeSettings(Path file, int brokerPort) throws IOException {
        String settings =
                """
                # Written on Windows
                device=gate
                mqtt.url=tcp://my_broker:%d
                influxdb.enabled=true
                influxdb.url=http://127.0.0.1:%d
                influxdb.database=r&d
                influxdb.username=%s
                influxdb.password=%s
                elasticsearch.enabled=true
                elasticsearch.url=http://127.0.0.1:%d
                elasticsearch.index=odd-events
                """
                        .formatted(brokerPort, influx.port(), InfluxDb.USER, InfluxDb.PASSWORD, elasticsearch.port());
        Files.writeString(file, BYTE_ORDER_MARK + settings.replace("\n", "\r\n"));
    }

    private static void assertRoutesAreTakenUp(Path clone, WaysideProcess wayside) throws IOException {
        Path route = clone.resolve("routes/hello.yaml");
        Path unfinished = Files.writeString(
                clone.resolve("hello"),
                """
                - route:
                    id: hello
                    from:
                      uri: timer:hello
                      parameters: {repeatCount: 1}
                      steps:
                        - log: hello from a route that came later
                """);
        Files.move(unfinished, route);
        await().atMost(PATIENCE).until(() -> wayside.log().contains("hello from a route that came later"));
    }
}
