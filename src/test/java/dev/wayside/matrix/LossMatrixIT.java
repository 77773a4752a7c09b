package dev.wayside.matrix;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayside.servers.WaysideProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Wayside in a process of its own, 50 events a second, real servers behind proxies, and one fault at a time. The short
 * form is part of every build; {@code -Dmatrix.scale=10} makes every outage and every load ten times as long.
 */
class LossMatrixIT {
    private static final int SCALE = Integer.getInteger("matrix.scale", 1);
    private static final int EVENTS = 300 * SCALE;
    private static final Duration OUTAGE = Duration.ofSeconds(3L * SCALE);
    private static final Duration PATIENCE = Duration.ofSeconds(60L + 60L * SCALE);
    private static final Path TABLE = Path.of("target", "loss-matrix.txt");
    /** Events of the real form at 50 a second; the camera itself is slowed down to one frame a day. */
    private static final String INJECTOR =
            """
            - route:
                id: injector
                from:
                  uri: timer:injector
                  parameters: {period: 20, delay: 0, repeatCount: %d, includeMetadata: true}
                  steps:
                    - setBody:
                        simple: >-
                          {"schema":"wayside.event/1","id":"matrix/front/${uuid(random)}","device":"matrix",
                          "camera":"front","time":"2026-11-23T10:15:30.123Z",
                          "sequence":${exchangeProperty.CamelTimerCounter},"model":"none",
                          "frame":{"width":640,"height":480},"inference_ms":1.5,"count":{"car":1,"person":2},
                          "objects":[]}
                    - unmarshal: {json: {}}
                    - to: direct:events
            """;

    @TempDir
    Path directory;

    private final List<Target> targets = new ArrayList<>();
    private WaysideProcess wayside;

    /** What goes wrong while events come. */
    enum Fault {
        NONE,
        OUTAGE_OF_MQTT,
        OUTAGE_OF_AWS_IOT,
        OUTAGE_OF_ALL,
        HALF_OPEN,
        SLOW,
        RESTART_OF_THE_BROKERS,
        ONE_DEAD_ALL_THE_TIME,
        KILL_5_TIMES,
        KILL_WHILE_DRAINING,
        SIGTERM
    }

    @BeforeAll
    static void beginTable() throws IOException {
        Files.writeString(
                TABLE,
                String.format(
                        Locale.ROOT,
                        "%-24s %-10s %9s %9s %6s %9s %9s%n",
                        "fault",
                        "sink",
                        "accepted",
                        "delivered",
                        "lost",
                        "repeated",
                        "recovery"));
    }

    @BeforeEach
    void startServers() throws IOException {
        targets.add(new MqttTarget(directory.resolve("mqtt")));
        targets.add(new AwsIotTarget(directory.resolve("aws")));
        Path routes = Files.createDirectory(directory.resolve("routes"));
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        Files.writeString(routes.resolve("injector.yaml"), String.format(INJECTOR, EVENTS));
    }

    @AfterEach
    void stopServers() {
        if (wayside != null) {
            wayside.close();
        }
        targets.forEach(Target::close);
    }

    @ParameterizedTest
    @EnumSource
    void losesNothing(Fault fault) throws Exception {
        List<Target> live = new ArrayList<>(targets);
        start();
        awaitAccepted(EVENTS / 4);
        Instant over = strike(fault, live);
        awaitInjected();
        for (Target target : live) {
            awaitDrained(target);
            Duration recovery = Duration.between(over, Instant.now());
            Oracle oracle = new Oracle(journal());
            await().atMost(PATIENCE)
                    .until(() -> oracle.judge(target.sink(), target.arrived()).lost() == 0);
            report(fault, target, oracle.judge(target.sink(), target.arrived()), recovery);
        }
        assertTrue(new Oracle(journal()).accepted() >= EVENTS, "a fault may not keep events from being accepted");
    }

    /** Does it, and tells when it was over. */
    private Instant strike(Fault fault, List<Target> live) {
        switch (fault) {
            case NONE -> {}
            case OUTAGE_OF_MQTT -> outage(targets.subList(0, 1));
            case OUTAGE_OF_AWS_IOT -> outage(targets.subList(1, 2));
            case OUTAGE_OF_ALL -> outage(targets);
            case HALF_OPEN -> {
                targets.forEach(target -> target.proxy().swallow());
                letPass(OUTAGE);
                targets.forEach(target -> target.proxy().restore());
            }
            case SLOW -> {
                targets.get(0).proxy().slow(Duration.ofMillis(30));
                letPass(OUTAGE);
                targets.get(0).proxy().restore();
            }
            case RESTART_OF_THE_BROKERS -> targets.forEach(Target::restart);
            case ONE_DEAD_ALL_THE_TIME -> live.remove(0).proxy().refuse();
            case KILL_5_TIMES -> {
                for (int i = 0; i < 5; i++) {
                    kill();
                    start();
                    awaitAccepted(accepted() + 20);
                }
            }
            case KILL_WHILE_DRAINING -> {
                outage(targets);
                await().atMost(PATIENCE).until(() -> backlog(targets.get(0)) > 0);
                kill();
                start();
            }
            case SIGTERM -> {
                wayside.process().destroy();
                assertEquals(0, wayside.awaitExit(), wayside.log());
                start();
            }
        }
        return Instant.now();
    }

    private void outage(List<Target> away) {
        away.forEach(target -> target.proxy().refuse());
        letPass(OUTAGE);
        away.forEach(target -> target.proxy().restore());
    }

    /** An outage is a length of time, and nothing to wait for. */
    private static void letPass(Duration duration) {
        Instant end = Instant.now().plus(duration);
        await().atMost(duration.plusSeconds(5)).until(() -> Instant.now().isAfter(end));
    }

    private void start() {
        List<String> settings =
                new ArrayList<>(List.of("device=matrix", "camera.period=1d", "log.level=debug", "routes.reload=false"));
        targets.forEach(target -> settings.addAll(target.settings()));
        wayside = WaysideProcess.run(directory, settings.toArray(String[]::new)).awaitStarted();
    }

    private void kill() {
        wayside.process().destroyForcibly();
        wayside.awaitExit();
    }

    private void awaitAccepted(long events) {
        await().atMost(PATIENCE).until(() -> accepted() >= events);
    }

    /** The injector has sent all of this process's events when their number no longer grows. */
    private void awaitInjected() {
        await().atMost(PATIENCE).during(Duration.ofSeconds(1)).until(this::accepted, new Unchanged());
    }

    private void awaitDrained(Target target) {
        await().atMost(PATIENCE).until(() -> backlog(target) == 0);
    }

    private long accepted() {
        return wayside.status().at("/journal/events").asLong();
    }

    private long backlog(Target target) {
        for (JsonNode sink : wayside.status().at("/journal/sinks")) {
            if (sink.get("name").asText().equals(target.sink())) {
                return sink.get("backlog").asLong();
            }
        }
        throw new IllegalStateException(target.sink() + " is not in the status");
    }

    private Path journal() {
        return directory.resolve("data/journal.db");
    }

    private static void report(Fault fault, Target target, Oracle.Cell cell, Duration recovery) throws IOException {
        String line = String.format(
                Locale.ROOT,
                "%-24s %-10s %9d %9d %6d %9d %7.1f s%n",
                fault.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                target.sink(),
                cell.accepted(),
                cell.delivered(),
                cell.lost(),
                cell.repeated(),
                recovery.toMillis() / 1000.0);
        Files.writeString(TABLE, line, StandardOpenOption.APPEND);
        assertEquals(0, cell.lost(), line);
    }
}
