package dev.wayside.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A dashboard of Grafana, as its JSON file has it. */
record Dashboard(JsonNode json) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One query of a panel, with the panel's title. */
    record Query(String panel, String text) {}

    static Dashboard read(String file) throws IOException {
        return new Dashboard(JSON.readTree(Path.of("dashboards", file).toFile()));
    }

    /** The panels that show something, without the rows. */
    List<JsonNode> panels() {
        List<JsonNode> panels = new ArrayList<>();
        for (JsonNode panel : json.get("panels")) {
            if (!panel.get("type").asText().equals("row")) {
                panels.add(panel);
            }
        }
        return panels;
    }

    /**
     * Every query of every panel.
     *
     * @param field of a target with the query
     */
    List<Query> queries(String field) {
        List<Query> queries = new ArrayList<>();
        for (JsonNode panel : panels()) {
            for (JsonNode target : panel.get("targets")) {
                queries.add(
                        new Query(panel.get("title").asText(), target.get(field).asText()));
            }
        }
        return queries;
    }

    /** The variables, the first of which is the data source. */
    JsonNode variables() {
        return json.at("/templating/list");
    }
}
