package dev.wayside.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.servers.Elasticsearch;
import dev.wayside.servers.InfluxDb;
import dev.wayside.servers.Mosquitto;
import dev.wayside.servers.Programs;
import dev.wayside.servers.SharedServers;
import dev.wayside.servers.WaysideProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./wayside bench journal} against real servers: small, to see that it measures; {@code -Dbench.scale=50} makes it
 * the one whose figures docs/reliability.md has. How fast a machine is decides nothing here.
 */
@ExtendWith(SharedServers.class)
class JournalBenchIT {
    private static final int SCALE = Integer.getInteger("bench.scale", 1);
    private static final int BACKLOG = 2000 * SCALE;
    /** Lines of the table and the figures. */
    private static final int REPORT = 10;

    private final InfluxDb influx;
    private final Elasticsearch elasticsearch;

    @TempDir
    Path directory;

    JournalBenchIT(InfluxDb influx, Elasticsearch elasticsearch) {
        this.influx = influx;
        this.elasticsearch = elasticsearch;
    }

    @Test
    void measuresEverySinkThatIsOnAndDeliversTheWholeBacklogToEach() throws Exception {
        Path password = Files.writeString(directory.resolve("password"), InfluxDb.PASSWORD);
        try (Mosquitto mosquitto = new Mosquitto(directory, "allow_anonymous true").start()) {
            Map<String, String> figures = run(
                    "mqtt.url=" + mosquitto.url(),
                    "influxdb.enabled=true",
                    "influxdb.url=http://127.0.0.1:" + influx.port(),
                    "influxdb.database=bench",
                    "influxdb.username=" + InfluxDb.USER,
                    "influxdb.password-file=" + password,
                    "elasticsearch.enabled=true",
                    "elasticsearch.url=http://127.0.0.1:" + elasticsearch.port(),
                    "elasticsearch.index=bench");
            assertFalse(figures.containsValue("-"), figures::toString);
            figures.forEach((name, value) -> assertTrue(Double.parseDouble(value) > 0, name + "=" + value));
        }
        assertTrue(countInInfluxDb() >= BACKLOG, "InfluxDB");
        assertTrue(countInElasticsearch() >= BACKLOG, "Elasticsearch");
    }

    private Map<String, String> run(String... settings) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "bench",
                "journal",
                "--frames",
                String.valueOf(Math.max(20, 4 * SCALE)),
                "--backlog",
                String.valueOf(BACKLOG),
                "--large-backlog",
                String.valueOf(10 * BACKLOG),
                "--set",
                "http.port=" + Programs.freePort()));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        try (WaysideProcess bench = WaysideProcess.command(directory, Map.of(), arguments.toArray(String[]::new))) {
            bench.process().onExit().join();
            assertEquals(0, bench.process().exitValue(), bench::log);
            List<String> lines = bench.log().lines().toList();
            lines.subList(Math.max(0, lines.size() - REPORT), lines.size()).forEach(System.out::println);
            return Stream.of(lines.get(lines.size() - 1).split(" "))
                    .map(each -> each.split("="))
                    .collect(Collectors.toMap(each -> each[0], each -> each[1]));
        }
    }

    private long countInInfluxDb() {
        return influx.query("bench", "SELECT COUNT(car_count) FROM detections")
                .at("/0/values/0/1")
                .asLong();
    }

    private long countInElasticsearch() {
        elasticsearch.request("POST", "/bench-*/_refresh", null);
        return elasticsearch
                .request("GET", "/bench-*/_count", null)
                .get("count")
                .asLong();
    }
}
