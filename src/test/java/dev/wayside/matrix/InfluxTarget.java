package dev.wayside.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayside.servers.InfluxDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** InfluxDB: the counts and the inference time of each event, at its time. */
final class InfluxTarget extends StoreTarget {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> FIELDS = List.of("car_count", "person_count", "inference_ms");
    private static final String DATABASE = "matrix";

    private final InfluxDb influx;
    private final Path passwordFile;

    InfluxTarget(InfluxDb influx, Path directory) throws IOException {
        super(influx);
        this.influx = influx;
        this.passwordFile =
                Files.writeString(Files.createDirectories(directory).resolve("password"), InfluxDb.PASSWORD);
    }

    @Override
    public String sink() {
        return "influxdb";
    }

    @Override
    public List<String> settings() {
        return List.of(
                "influxdb.enabled=true",
                "influxdb.start=oldest",
                "influxdb.url=http://127.0.0.1:" + proxy().port(),
                "influxdb.database=" + DATABASE,
                "influxdb.username=" + InfluxDb.USER,
                "influxdb.password-file=" + passwordFile);
    }

    /** Below the millisecond stands the event's number. */
    @Override
    public Trace expected(JsonNode event) {
        Instant time = Instant.parse(event.get("time").asText());
        long nanos = time.getEpochSecond() * 1_000_000_000
                + time.getNano()
                + event.get("sequence").asInt();
        return new Trace(key(nanos, event.get("camera")), content(event));
    }

    @Override
    List<Trace> stored(String device) {
        JsonNode series = influx.query(
                DATABASE,
                "SELECT camera, " + String.join(", ", FIELDS) + " FROM detections WHERE device = '" + device + "'");
        List<Trace> stored = new ArrayList<>();
        for (JsonNode row : series.path(0).path("values")) {
            ObjectNode fields = JSON.createObjectNode();
            for (int i = 0; i < FIELDS.size(); i++) {
                fields.set(FIELDS.get(i), row.get(i + 2));
            }
            stored.add(new Trace(key(row.get(0).asLong(), row.get(1)), content(fields)));
        }
        return stored;
    }

    private static String key(long nanos, JsonNode camera) {
        return nanos + " " + camera.asText();
    }

    /** InfluxDB writes a whole number without a fraction, whatever type the field has. */
    private static JsonNode content(JsonNode fields) {
        ObjectNode content = JSON.createObjectNode();
        FIELDS.forEach(field -> content.put(field, fields.get(field).asDouble()));
        return content;
    }
}
