package dev.wayside.sinks;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayside.servers.Elasticsearch;
import dev.wayside.servers.FaultProxy;
import dev.wayside.servers.InfluxDb;
import dev.wayside.servers.SharedServers;
import dev.wayside.servers.WaysideProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** All of Wayside and a store that answers nothing, or refuses everything. */
@ExtendWith(SharedServers.class)
class SinkStateRunIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** More than twice as long as a failure of a route is remembered. */
    private static final Duration SILENCE = Duration.ofSeconds(25);

    @TempDir
    Path directory;

    private final InfluxDb influx;
    private final Elasticsearch elasticsearch;

    SinkStateRunIT(InfluxDb influx, Elasticsearch elasticsearch) {
        this.influx = influx;
        this.elasticsearch = elasticsearch;
    }

    @Test
    void aStoreThatHangsMakesTheStateDegradedUntilItAnswers() {
        try (FaultProxy proxy = new FaultProxy(influx.port());
                WaysideProcess wayside = run(proxy.port(), "hanging").awaitStarted()) {
            await().atMost(PATIENCE).until(() -> sink(wayside).path("delivered").asLong() > 0);
            await().atMost(PATIENCE).until(() -> state(wayside).equals("running works"));
            proxy.swallow();
            // Before the call has failed: it is found out by its age.
            await().atMost(PATIENCE).until(() -> state(wayside).equals("degraded late"));
            assertTrue(reasons(wayside).contains("longer than influxdb.late-after (2 s)"), () -> "" + wayside.status());
            await().atMost(PATIENCE).until(() -> state(wayside).equals("degraded failing"));
            await().during(SILENCE).atMost(PATIENCE).until(() -> state(wayside).equals("degraded failing"));
            JsonNode failing = sink(wayside);
            assertTrue(failing.path("last_error").asText().contains("did not answer within"), failing::toString);
            assertTrue(
                    reasons(wayside)
                            .contains("influxdb: " + failing.path("reason").asText()),
                    failing::toString);
            assertTrue(failing.path("backlog").asLong() > 0, failing::toString);
            proxy.restore();
            await().atMost(PATIENCE).until(() -> state(wayside).equals("running works"));
            assertEquals("null", sink(wayside).path("last_error").asText());
            assertEquals(1, lines(wayside, "INFO  influxdb works again after "), wayside::log);
            assertEquals(
                    1,
                    lines(
                            wayside,
                            "did not answer within 10 s: check the network, the address and the port; its events wait in the journal"),
                    wayside::log);
        }
    }

    @Test
    void aStoreThatRefusesEverythingMakesTheStateDegradedUntilItTakesAnEvent() {
        influx.query("", "CREATE DATABASE refusing");
        influx.write("refusing", "detections,device=another,camera=front car_count=\"many\"");
        try (WaysideProcess wayside = run(influx.port(), "refusing").awaitStarted()) {
            await().atMost(PATIENCE).until(() -> state(wayside).equals("degraded failing"));
            JsonNode refusing = sink(wayside);
            String reason = refusing.path("reason").asText();
            assertTrue(
                    reason.matches("permanently refused each of its last \\d+ events: .*field type conflict.*"),
                    refusing::toString);
            assertTrue(
                    reason.endsWith("; fix the cause, then run ./wayside dead-letters retry --sink influxdb"),
                    refusing::toString);
            assertTrue(refusing.path("dead_letters").asLong() >= 3, refusing::toString);
            assertEquals(0, refusing.path("delivered").asLong(), refusing::toString);
            influx.query("refusing", "DROP MEASUREMENT detections");
            await().atMost(PATIENCE).until(() -> state(wayside).equals("running works"));
            assertEquals(1, lines(wayside, "WARN  influxdb: permanently refused each of its last "), wayside::log);
            assertEquals(1, lines(wayside, "INFO  influxdb accepts events again after "), wayside::log);
        }
    }

    @Test
    void anIndexThatTakesNoNewFieldsMakesTheStateDegradedUntilItDoes() {
        elasticsearch.request(
                "PUT",
                "/_index_template/strict",
                "{\"index_patterns\": [\"strict-*\"], \"template\": {\"mappings\": {\"dynamic\": \"strict\"}}}");
        try (WaysideProcess wayside = WaysideProcess.run(
                        directory,
                        "device=pi-" + UUID.randomUUID(),
                        "mqtt.enabled=false",
                        "elasticsearch.enabled=true",
                        "elasticsearch.url=http://127.0.0.1:" + elasticsearch.port(),
                        "elasticsearch.index=strict-events",
                        "elasticsearch.install-template=false",
                        "elasticsearch.late-after=1h")
                .awaitStarted()) {
            await().atMost(PATIENCE)
                    .until(() -> wayside.status().path("state").asText().equals("degraded"));
            assertTrue(
                    reasons(wayside)
                            .matches(".*elasticsearch: permanently refused each of its last \\d+ events:"
                                    + " strict_dynamic_mapping_exception: .*; fix the cause, then run ./wayside dead-letters"
                                    + " retry --sink elasticsearch.*"),
                    () -> reasons(wayside));
            elasticsearch.request("PUT", "/strict-events-*/_mapping", "{\"dynamic\": true}");
            await().atMost(PATIENCE)
                    .until(() -> wayside.status().path("state").asText().equals("running"));
            assertEquals(1, lines(wayside, "INFO  elasticsearch accepts events again after "), wayside::log);
        }
    }

    private WaysideProcess run(int port, String database) {
        return WaysideProcess.run(
                directory,
                Map.of("WAYSIDE_INFLUXDB_PASSWORD", InfluxDb.PASSWORD),
                "device=pi-" + UUID.randomUUID(),
                "mqtt.enabled=false",
                "influxdb.enabled=true",
                "influxdb.url=http://127.0.0.1:" + port,
                "influxdb.database=" + database,
                "influxdb.username=" + InfluxDb.USER,
                "influxdb.late-after=2s");
    }

    /** The whole's and the sink's. */
    private static String state(WaysideProcess wayside) {
        JsonNode status = wayside.status();
        return status.path("state").asText() + " " + sink(status).path("state").asText();
    }

    private static JsonNode sink(WaysideProcess wayside) {
        return sink(wayside.status());
    }

    private static JsonNode sink(JsonNode status) {
        return StreamSupport.stream(status.path("sinks").spliterator(), false)
                .filter(sink -> sink.path("name").asText().equals("influxdb"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no sink influxdb in " + status));
    }

    private static String reasons(WaysideProcess wayside) {
        return wayside.status().path("reasons").toString();
    }

    private static long lines(WaysideProcess wayside, String words) {
        return wayside.log().lines().filter(line -> line.contains(words)).count();
    }
}
