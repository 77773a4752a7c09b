package dev.wayside.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.servers.InfluxDb;
import dev.wayside.servers.Mosquitto;
import dev.wayside.servers.SharedServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./wayside bench journal} works, tested with the smallest possible sizes. Speed does not matter here. */
@ExtendWith(SharedServers.class)
class JournalBenchCommandIT {
    private static final int ACCEPT_SECONDS = 1;
    private static final int FRAMES = 20;
    private static final int BACKLOG = 1000;

    private final InfluxDb influx;

    @TempDir
    Path directory;

    JournalBenchCommandIT(InfluxDb influx) {
        this.influx = influx;
    }

    @Test
    void deliversTheWholeBacklogAndMeasuresEveryStoreThatIsEnabled() throws Exception {
        Path password = Files.writeString(directory.resolve("password"), InfluxDb.PASSWORD);
        try (Mosquitto mosquitto = new Mosquitto(directory, "allow_anonymous true").start()) {
            Map<String, String> figures = JournalBenchRun.figures(
                    directory,
                    ACCEPT_SECONDS,
                    FRAMES,
                    BACKLOG,
                    BACKLOG,
                    "mqtt.url=" + mosquitto.url(),
                    "influxdb.enabled=true",
                    "influxdb.url=http://127.0.0.1:" + influx.port(),
                    "influxdb.database=bench-command",
                    "influxdb.username=" + InfluxDb.USER,
                    "influxdb.password-file=" + password);
            figures.forEach((name, value) ->
                    assertEquals(name.startsWith("elasticsearch"), value.equals("-"), () -> name + "=" + value));
            figures.forEach((name, value) ->
                    assertTrue(value.equals("-") || Double.parseDouble(value) > 0, () -> name + "=" + value));
        }
        long points = influx.query("bench-command", "SELECT COUNT(car_count) FROM detections")
                .at("/0/values/0/1")
                .asLong();
        assertTrue(points >= BACKLOG, () -> points + " points in InfluxDB");
    }
}
