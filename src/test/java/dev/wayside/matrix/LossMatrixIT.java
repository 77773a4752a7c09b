package dev.wayside.matrix;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayside.servers.Elasticsearch;
import dev.wayside.servers.InfluxDb;
import dev.wayside.servers.SharedServers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Wayside in a process of its own, 50 events a second, real servers behind proxies, and one fault at a time. The short
 * form is part of every build; {@code -Dmatrix.scale=10} makes outages of half a minute and ten times the load.
 */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LossMatrixIT {
    private static final int SCALE = Integer.getInteger("matrix.scale", 1);
    /** The short form has four minutes. */
    private static final int EVENTS_PER_CAMERA = SCALE == 1 ? 50 : 75 * SCALE;

    private static final int EVENTS_WHILE_EDITING = 1500;

    private static final String TO_FILE =
            """
            - route:
                id: to-file
                from:
                  uri: kamelet:wayside-journal-source
                  parameters: {sink: to-file}
                  steps:
                    - split:
                        simple: "${body}"
                        steps:
                          - marshal: {json: {}}
                          - to: file:out?fileName=events.json&fileExist=Append
            """;

    private final InfluxDb influx;
    private final Elasticsearch elasticsearch;
    private List<Target> targets;
    private LossTable table;

    LossMatrixIT(InfluxDb influx, Elasticsearch elasticsearch) {
        this.influx = influx;
        this.elasticsearch = elasticsearch;
    }

    @BeforeAll
    void startServers(@TempDir Path servers) throws IOException {
        targets = List.of(
                new MqttTarget(servers.resolve("mqtt")),
                new InfluxTarget(influx, servers.resolve("influxdb")),
                new ElasticsearchTarget(elasticsearch),
                new AwsIotTarget(servers.resolve("aws")));
        table = new LossTable();
    }

    @AfterAll
    void stopServers() {
        targets.forEach(Target::close);
    }

    @ParameterizedTest
    @EnumSource
    void losesNothing(Fault fault, @TempDir Path directory) throws Exception {
        try (Trial trial = new Trial(directory, targets, fault.device(), fault.shape(), "camera.period=1d")) {
            Injector injector = new Injector(directory, fault.device());
            injector.prepare(eventsPerCamera(fault), fault.refuses());
            if (fault == Fault.DISK_FULL) {
                trial.mountSmallDisk();
            }
            trial.start();
            injector.prepare(EVENTS_PER_CAMERA, fault.refuses());
            await().atMost(Trial.PATIENCE).until(() -> injector.accepted().size() >= EVENTS_PER_CAMERA / 2);
            fault.strike(trial, SCALE);
            Map<Target, Duration> recovery = trial.recovery(Instant.now());
            awaitLast(injector::accepted);
            injector.sendFresh();
            await().atMost(Trial.PATIENCE)
                    .until(() -> injector.accepted().stream().anyMatch(Injector::isFresh));
            judge(fault.name(), trial, injector.accepted(), recovery);
        }
    }

    /**
     * A full disk is noticed by an event, however long a busy machine takes to fill it, and a batch is only interrupted while
     * some are left.
     */
    private static int eventsPerCamera(Fault fault) {
        return switch (fault) {
            case DISK_FULL -> 12 * EVENTS_PER_CAMERA;
            case SIGTERM_MID_BATCH -> 3 * EVENTS_PER_CAMERA;
            default -> EVENTS_PER_CAMERA;
        };
    }

    /** The events of the real camera, ten a second, as the page was told of them. */
    @Test
    void losesNothingOfTheCamera(@TempDir Path directory) throws Exception {
        try (Trial trial = new Trial(directory, targets, "real-camera", SinkShape.AS_SHIPPED, "camera.period=100ms")) {
            PageEvents page = new PageEvents();
            trial.start();
            page.watch(trial.wayside().url());
            await().atMost(Trial.PATIENCE).until(() -> page.seen().size() >= 10);
            trial.outage(Fault.outage(SCALE), trial.all());
            trial.kill();
            int before = page.seen().size();
            trial.start();
            page.watch(trial.wayside().url());
            Map<Target, Duration> recovery = trial.recovery(Instant.now());
            await().atMost(Trial.PATIENCE).until(() -> page.seen().size() >= before + 10);
            judge("CAMERA_OUTAGE_AND_KILL", trial, page.seen(), recovery);
        }
    }

    /** Twenty edits, five of each sink's route, and a sink that is added and removed again. */
    @Test
    void losesNothingWhileRoutesAreEdited(@TempDir Path directory) throws Exception {
        edited(directory, "hot-swap", edits -> {
            edits.add("routes/to-file.yaml", TO_FILE);
            for (int number = 1; number <= 5; number++) {
                for (Target target : targets) {
                    edits.edit("routes/" + target.sink() + ".yaml", number);
                }
            }
            edits.remove("routes/to-file.yaml");
        });
    }

    /** Twenty edits, five of each sink's kamelet. */
    @Test
    void losesNothingWhileKameletsAreEdited(@TempDir Path directory) throws Exception {
        edited(directory, "kamelet-swap", edits -> {
            for (int number = 1; number <= 5; number++) {
                for (Target target : targets) {
                    edits.edit("kamelets/wayside-" + target.sink() + "-sink.kamelet.yaml", number);
                }
            }
        });
    }

    private void edited(Path directory, String device, Editing editing) throws Exception {
        Edits.copyKamelets(directory);
        String[] settings = {"camera.period=1d", "kamelets.path=kamelets"};
        try (Trial trial = new Trial(directory, targets, device, SinkShape.AS_SHIPPED, settings)) {
            Injector injector = new Injector(directory, device);
            injector.prepare(EVENTS_WHILE_EDITING, false);
            trial.start();
            await().atMost(Trial.PATIENCE).until(() -> injector.accepted().size() >= EVENTS_PER_CAMERA / 2);
            Edits edits = new Edits(directory, trial.wayside());
            editing.accept(edits);
            int underLoad = injector.accepted().size();
            Map<Target, Duration> recovery = trial.recovery(Instant.now());
            awaitLast(injector::accepted);
            assertTrue(underLoad < injector.accepted().size(), "events came until the last edit");
            table.note(device + ": " + edits.times());
            judge(device, trial, injector.accepted(), recovery);
        }
    }

    private interface Editing {
        void accept(Edits edits) throws IOException;
    }

    private void judge(String fault, Trial trial, List<JsonNode> accepted, Map<Target, Duration> recovery)
            throws IOException {
        Oracle oracle = new Oracle(accepted);
        assertTrue(oracle.accepted() > 0);
        Set<String> odd = accepted.stream()
                .filter(Injector::isRefused)
                .map(event -> event.get("id").asText())
                .collect(Collectors.toSet());
        for (Target target : trial.live()) {
            Set<String> refused = target.sink().equals("influxdb") ? odd : Set.of();
            await().atMost(Trial.PATIENCE).until(() -> oracle.missing(target, refused) == 0);
            await().atMost(Trial.PATIENCE)
                    .untilAsserted(() -> assertEquals(refused, trial.deadLetters(target), target.sink()));
            Oracle.Cell cell = oracle.judge(target, refused);
            String row = table.add(fault.toLowerCase().replace('_', ' '), target, cell, recovery.get(target));
            assertEquals(0, cell.lost(), row);
            assertEquals(0, cell.duplicates(), row);
        }
    }

    /** The injector has sent all of this process's events when their number no longer grows. */
    private static void awaitLast(Supplier<List<JsonNode>> accepted) {
        AtomicInteger last = new AtomicInteger(-1);
        await().atMost(Trial.PATIENCE).during(Duration.ofMillis(500)).until(() -> {
            int now = accepted.get().size();
            return last.getAndSet(now) == now;
        });
    }
}
