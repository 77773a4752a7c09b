package dev.wayside.sinks;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayside.servers.InfluxDb;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class InfluxSinkIT extends StoreContract {
    private static final String DATABASE = "traffic";

    private final InfluxDb influx;

    InfluxSinkIT(InfluxDb influx) {
        super(influx);
        this.influx = influx;
    }

    @Override
    String kamelet() {
        return "wayside-influxdb-sink";
    }

    @Override
    Map<String, String> parameters(String url) {
        return new HashMap<>(
                Map.of("url", url, "database", DATABASE, "username", InfluxDb.USER, "password", InfluxDb.PASSWORD));
    }

    @Override
    void falsify(Map<String, String> parameters) {
        parameters.put("password", "wrong");
    }

    @Override
    String[] authorizations() {
        return new String[0];
    }

    @Override
    List<String> arrived() {
        JsonNode series = influx.query(DATABASE, "SELECT car_count FROM detections WHERE device = '" + device + "'");
        List<String> arrived = new ArrayList<>();
        series.path(0).path("values").forEach(row -> arrived.add(row.get(0).asLong() + " " + row.get(1)));
        return arrived;
    }

    /** Below the millisecond stands the event's number. */
    @Override
    String key(Map<String, Object> event) {
        return nanos(event) + " " + event.get("car_count");
    }

    private static long nanos(Map<String, Object> event) {
        Instant time = Instant.parse((String) event.get("time")).plusNanos((int) event.get("sequence"));
        return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }

    /** Another program has written the same field as text, in the same week: in each, a field may have another type. */
    @Override
    void spoil(Map<String, Object> event) {
        influx.write(DATABASE, "detections,device=other,camera=other bus_count=\"two\" " + nanos(event));
        event.put("bus_count", 2);
    }

    @Override
    String refusal() {
        return "field type conflict: input field \"bus_count\" on measurement \"detections\" is type integer";
    }

    @Override
    void enlarge(Map<String, Object> event) {
        event.put("camera", "c".repeat(70_000));
    }

    @Test
    void createsARetentionPolicyThatIsMissing() throws Exception {
        Map<String, String> parameters = parameters("http://127.0.0.1:" + influx.port());
        parameters.put("database", "kept");
        parameters.put("retentionPolicy", "a month");
        parameters.put("retention", "30d");
        try (SinkRoute sink = SinkRoute.ofKamelet(kamelet(), parameters)) {
            assertEquals(Map.of(), sink.deliver(events(3)));
        }
        assertEquals(
                3,
                influx.query("kept", "SELECT COUNT(car_count) FROM \"a month\".detections")
                        .at("/0/values/0/1")
                        .asInt());
        assertEquals(
                "720h0m0s",
                influx.query("kept", "SHOW RETENTION POLICIES")
                        .at("/0/values/1/1")
                        .asText());
    }

    @Test
    void rejectsWhatIsOlderThanTheRetentionPolicyKeepsAndDeliversTheOthers() throws Exception {
        Map<String, String> parameters = parameters("http://127.0.0.1:" + influx.port());
        parameters.put("database", "short");
        parameters.put("retentionPolicy", "a day");
        parameters.put("retention", "1d");
        sink = SinkRoute.ofKamelet(kamelet(), parameters);
        List<Map<String, Object>> events = events(9);
        List<Map<String, Object>> old = events.subList(2, 6);
        old.forEach(event -> event.put("time", "2020-01-01T00:00:00Z"));
        Map<String, String> rejected = sink.deliver(events);
        assertEquals(old.stream().map(event -> event.get("id")).collect(Collectors.toSet()), rejected.keySet());
        assertTrue(
                rejected.values().stream()
                        .allMatch(words -> words.startsWith("partial write: points beyond retention policy dropped=")),
                rejected::toString);
        assertEquals(
                5,
                influx.query("short", "SELECT COUNT(car_count) FROM \"a day\".detections")
                        .at("/0/values/0/1")
                        .asInt());
    }

    @Test
    void keepsEventsWhileTheServerHasNoMemoryForThem() throws Exception {
        String little =
                """
                cache-max-memory-size = "3k"
                cache-snapshot-memory-size = "1k"
                cache-snapshot-write-cold-duration = "1s"
                """;
        try (InfluxDb small = new InfluxDb(little).start()) {
            sink = connect(small.port());
            deliver(events(30));
            List<List<Map<String, Object>>> more = new ArrayList<>();
            // Once a second it makes room, so a second batch that comes late is taken, and a third, and so on.
            await().atMost(PATIENCE).untilAsserted(() -> {
                more.add(events(30));
                assertFails(last(more), "cannot take events now (500): engine: cache-max-memory-size exceeded: ");
            });
            assertDelivers(last(more));
            assertEquals(
                    30 + 30 * more.size(),
                    small.query(DATABASE, "SELECT COUNT(car_count) FROM detections")
                            .at("/0/values/0/1")
                            .asInt());
        }
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }

    @Test
    void keepsEventsOfAWriteThatTheServerGaveUp() throws Exception {
        try (InfluxDb hasty = new InfluxDb("[coordinator]\nwrite-timeout = \"1ns\"").start()) {
            sink = connect(hasty.port());
            // Now and then a write is done in time even so.
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertFails(events(5), "cannot take events now (500): timeout"));
        }
    }
}
