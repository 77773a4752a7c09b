package dev.wayside.sinks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wayside.event.FlatEvents;
import dev.wayside.servers.Elasticsearch;
import dev.wayside.servers.ElasticsearchEight;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElasticsearchSinkIT extends StoreContract {
    private static final String KEY = "d2F5c2lkZTpzZWNyZXQ=";
    private static final String USER = "wayside";
    private static final String PASSWORD = "a&b's secret";

    private final Elasticsearch elasticsearch;

    ElasticsearchSinkIT(Elasticsearch elasticsearch) {
        super(elasticsearch);
        this.elasticsearch = elasticsearch;
    }

    @Override
    String kamelet() {
        return "wayside-elasticsearch-sink";
    }

    @Override
    Map<String, String> parameters(String url) {
        return new HashMap<>(Map.of("url", url, "apiKey", KEY));
    }

    @Override
    void falsify(Map<String, String> parameters) {
        parameters.put("apiKey", "wrong");
    }

    @Override
    String[] authorizations() {
        String pair = USER + ":" + PASSWORD;
        return new String[] {
            "ApiKey " + KEY, "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))
        };
    }

    @Override
    List<String> arrived() {
        elasticsearch.request("POST", "/wayside-events-*/_refresh", null);
        List<String> arrived = new ArrayList<>();
        elasticsearch
                .request(
                        "POST",
                        "/wayside-events-*/_search",
                        "{\"size\":10000,\"query\":{\"term\":{\"device\":\"" + device + "\"}}}")
                .at("/hits/hits")
                .forEach(hit -> arrived.add(hit.get("_id").asText() + " "
                        + hit.at("/_source/car_count").asInt()));
        return arrived;
    }

    @Override
    String key(Map<String, Object> event) {
        return event.get("id") + " " + event.get("car_count");
    }

    @Override
    void spoil(Map<String, Object> event) {
        event.put("car_count", "two");
    }

    @Override
    String refusal() {
        return "failed to parse field [car_count] of type [long]";
    }

    @Override
    void enlarge(Map<String, Object> event) {
        event.put("note", "n".repeat(2_000_000));
    }

    @Test
    void putsEachEventIntoTheIndexOfItsMonthWithTheTypesOfTheTemplate() throws Exception {
        List<Map<String, Object>> events = events(2);
        events.get(0).put("time", "2024-01-31T23:59:59.999Z");
        events.get(1).put("time", "2024-02-01T00:00:00Z");
        try (SinkRoute sink = connect(elasticsearch.port())) {
            assertEquals(Map.of(), sink.deliver(events));
        }
        for (String month : new String[] {"2024.01", "2024.02"}) {
            String index = "wayside-events-" + month;
            assertEquals(
                    "keyword",
                    elasticsearch
                            .request("GET", "/" + index + "/_mapping", null)
                            .path(index)
                            .at("/mappings/properties/device/type")
                            .asText());
            assertEquals(
                    "long",
                    elasticsearch
                            .request("GET", "/" + index + "/_mapping", null)
                            .path(index)
                            .at("/mappings/properties/car_count/type")
                            .asText());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"_", "."})
    void takesAsManyObjectsAsAnEventMayHave(String separator) throws Exception {
        List<Map<String, Object>> events = events(1);
        Map<String, Object> event = events.get(0);
        event.put("time", separator.equals("_") ? "2024-08-01T00:00:00Z" : "2024-09-01T00:00:00Z");
        event.putAll(new FlatEvents(separator).flatten(Map.of("objects", objects(1000), "count", Map.of("bus", 1))));
        open();
        // So many new fields may take the server longer than this sink waits for an answer.
        assertDelivers(events);
        assertArrivedOnce(events);
    }

    private static List<Map<String, Object>> objects(int count) {
        Map<String, Object> box = Map.of("x", 0.1, "y", 0.2, "width", 0.3, "height", 0.4);
        return Collections.nCopies(count, Map.of("label", "car", "score", 0.5, "box", box));
    }

    @Test
    void saysThatAnOlderServerIsTooOld() throws Exception {
        try (ElasticsearchEight old = new ElasticsearchEight()) {
            sink = connect(old.port());
            assertFails(events(1), "Elasticsearch 9 or later is needed. It says: media_type_header_exception");
        }
    }

    /** What is wrong with an index for a while: how it comes, how it goes, what is said. */
    static Stream<Arguments> troubles() {
        return Stream.of(
                arguments(
                        named("disk nearly full", "2024.03"),
                        "PUT /_settings {\"index.blocks.read_only_allow_delete\": true}",
                        "PUT /_settings {\"index.blocks.read_only_allow_delete\": null}",
                        "is overloaded (429): cluster_block_exception: index [wayside-events-2024.03] blocked by:"),
                arguments(
                        named("blocked for writes", "2024.04"),
                        "PUT /_settings {\"index.blocks.write\": true}",
                        "PUT /_settings {\"index.blocks.write\": null}",
                        "denies access (403): cluster_block_exception: index [wayside-events-2024.04] blocked by:"),
                arguments(
                        named("closed", "2024.05"),
                        "POST /_close",
                        "POST /_open",
                        "cannot take events now (400): index_closed_exception: closed"),
                arguments(
                        named("a pipeline that is not there", "2024.06"),
                        "PUT /_settings {\"index.default_pipeline\": \"nobody\"}",
                        "PUT /_settings {\"index.default_pipeline\": null}",
                        "cannot take events now (400): illegal_argument_exception: pipeline with id [nobody]"),
                arguments(
                        named("too few fields", "2024.10"),
                        "PUT /_settings {\"index.mapping.total_fields.limit\": 9}",
                        "PUT /_settings {\"index.mapping.total_fields.limit\": 1000}",
                        "Limit of total fields [9] has been exceeded"),
                arguments(
                        named("nowhere to be", "2024.07"),
                        "PUT ?wait_for_active_shards=0 {\"settings\": {\"index.routing.allocation.require._name\": \"x\"}}",
                        "PUT /_settings {\"index.routing.allocation.require._name\": null}",
                        "cannot take events now (503): unavailable_shards_exception"));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void keepsEventsWhileTheirIndexIsInTrouble(String month, String coming, String going, String words)
            throws Exception {
        List<Map<String, Object>> events = events(3);
        // The server waits ten of these seconds for an index that is nowhere, and has the others to say so.
        sink = connect(elasticsearch.port(), 15);
        assertDelivers(events.subList(0, 1));
        String index = "/wayside-events-" + month;
        if (!coming.startsWith("PUT ?")) {
            elasticsearch.request("PUT", index, null);
        }
        request(index, coming);
        events.subList(1, 3).forEach(event -> event.put("time", month.replace('.', '-') + "-01T12:00:00Z"));
        try {
            assertFails(events, words);
        } finally {
            request(index, going);
        }
        assertDelivers(events);
        assertArrivedOnce(events);
    }

    private void request(String index, String line) {
        String[] parts = line.split(" ", 3);
        elasticsearch.request(parts[0], index + parts[1], parts.length == 3 ? parts[2] : null);
    }

    /** A data stream wants another field for the time, and knows ids only until it begins its next index. */
    @Test
    void keepsEventsWhileTheirIndexNameIsThatOfADataStream() throws Exception {
        List<Map<String, Object>> events = events(3);
        Map<String, String> parameters = parameters("http://127.0.0.1:" + elasticsearch.port());
        parameters.put("index", "logs-wayside");
        elasticsearch.request(
                "PUT",
                "/_index_template/streams",
                "{\"index_patterns\": [\"logs-*\"], \"priority\": 500, \"data_stream\": {}}");
        sink = SinkRoute.ofKamelet(kamelet(), parameters);
        assertFails(events, "set elasticsearch.index to a name that no template for data streams covers");
        sink.close();
        sink = connect(elasticsearch.port());
        assertDelivers(events);
        assertArrivedOnce(events);
    }

    @Test
    void keepsEventsThatAreTooMuchForTheServerAtOnce() throws Exception {
        List<Map<String, Object>> events = events(12);
        events.forEach(event -> event.put("note", "n".repeat(400_000)));
        open();
        assertFails(events, "is overloaded (429): es_rejected_execution_exception");
        for (Map<String, Object> event : events) {
            deliver(List.of(event));
        }
        assertArrivedOnce(events);
    }

    @Test
    void saysWhatToDoWhereTheIndexTemplateIsForbidden() throws Exception {
        List<Map<String, Object>> events = events(2);
        open();
        allowChanges(false);
        try {
            assertFails(events, "refused the index template wayside-events: allow this user to manage index templates");
        } finally {
            allowChanges(true);
        }
        assertDelivers(events);
        assertArrivedOnce(events);
    }

    private void allowChanges(boolean allowed) {
        elasticsearch.request(
                "PUT",
                "/_cluster/settings",
                "{\"persistent\": {\"cluster.blocks.read_only\": " + (allowed ? "null" : "true") + "}}");
    }
}
