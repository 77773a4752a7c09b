package dev.wayside.bench;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.servers.Elasticsearch;
import dev.wayside.servers.InfluxDb;
import dev.wayside.servers.Mosquitto;
import dev.wayside.servers.SharedServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./wayside bench journal} against real servers, with the figures of docs/performance.md: a measurement that
 * needs a machine of its own. Only {@code mvn verify -Pbench} runs it; {@link JournalBenchCommandIT} is the test.
 */
@Tag("bench")
@ExtendWith(SharedServers.class)
class JournalBenchIT {
    private static final int SCALE = Integer.getInteger("bench.scale", 1);
    private static final int BACKLOG = 2000 * SCALE;

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
            Map<String, String> figures = JournalBenchRun.figures(
                    directory,
                    5,
                    Math.max(20, 4 * SCALE),
                    BACKLOG,
                    10 * BACKLOG,
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
