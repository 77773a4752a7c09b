package dev.wayside.sinks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wayside.servers.Elasticsearch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
        return new HashMap<>(Map.of("url", url, "apiKey", KEY, "writeTimeout", "3"));
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
}
