package dev.wayside.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayside.servers.Elasticsearch;
import java.util.ArrayList;
import java.util.List;

/** Elasticsearch: each event as it is, under its id. */
final class ElasticsearchTarget extends StoreTarget {
    private static final String INDICES = "/matrix-events-*";

    private final Elasticsearch elasticsearch;

    ElasticsearchTarget(Elasticsearch elasticsearch) {
        super(elasticsearch);
        this.elasticsearch = elasticsearch;
    }

    @Override
    public String sink() {
        return "elasticsearch";
    }

    @Override
    public List<String> settings() {
        return List.of(
                "elasticsearch.enabled=true",
                "elasticsearch.start=oldest",
                "elasticsearch.url=http://127.0.0.1:" + proxy().port(),
                "elasticsearch.index=matrix-events");
    }

    @Override
    public Trace expected(JsonNode event) {
        return new Trace(event.get("id").asText(), event);
    }

    @Override
    List<Trace> stored(String device) {
        elasticsearch.request("POST", INDICES + "/_refresh", null);
        List<Trace> stored = new ArrayList<>();
        elasticsearch
                .request(
                        "POST",
                        INDICES + "/_search",
                        "{\"size\":10000,\"query\":{\"term\":{\"device\":\"" + device + "\"}}}")
                .at("/hits/hits")
                .forEach(hit -> stored.add(new Trace(hit.get("_id").asText(), hit.get("_source"))));
        return stored;
    }
}
