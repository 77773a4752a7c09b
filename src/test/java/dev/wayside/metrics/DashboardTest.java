package dev.wayside.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dashboards can be imported into any Grafana: nothing refers to one of ours. */
class DashboardTest {
    private static final int COLUMNS = 24;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)");
    private static final Set<String> OF_GRAFANA = Set.of("__rate_interval", "__interval", "timeFilter");

    @ParameterizedTest
    @CsvSource({"wayside-prometheus.json,prometheus", "wayside-influxdb.json,influxdb"})
    void everythingReadsTheDataSourceThatTheUserChooses(String file, String kind) throws IOException {
        Dashboard dashboard = Dashboard.read(file);
        JsonNode first = dashboard.variables().get(0);
        assertEquals("datasource", first.get("type").asText());
        assertEquals(kind, first.get("query").asText());
        for (JsonNode source : dashboard.json().findValues("datasource")) {
            assertEquals(kind, source.get("type").asText());
            assertEquals("${datasource}", source.get("uid").asText());
        }
        assertFalse(dashboard.json().has("id"));
        assertFalse(dashboard.json().has("uid"));
    }

    @ParameterizedTest
    @CsvSource({"wayside-prometheus.json,expr", "wayside-influxdb.json,query"})
    void everyVariableOfAQueryIsDeclared(String file, String field) throws IOException {
        Dashboard dashboard = Dashboard.read(file);
        Set<String> declared = new HashSet<>(OF_GRAFANA);
        dashboard
                .variables()
                .forEach(variable -> declared.add(variable.get("name").asText()));
        for (Dashboard.Query query : dashboard.queries(field)) {
            Matcher variable = VARIABLE.matcher(query.text());
            while (variable.find()) {
                assertTrue(declared.contains(variable.group(1)), query::toString);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"wayside-prometheus.json", "wayside-influxdb.json"})
    void thePanelsHaveUniqueIdsADescriptionAUnitAndAPlaceOfTheirOwn(String file) throws IOException {
        Dashboard dashboard = Dashboard.read(file);
        Set<Integer> ids = new HashSet<>();
        Set<String> taken = new HashSet<>();
        for (JsonNode panel : dashboard.json().get("panels")) {
            assertTrue(ids.add(panel.get("id").asInt()), panel::toString);
            JsonNode place = panel.get("gridPos");
            int right = place.get("x").asInt() + place.get("w").asInt();
            assertTrue(right <= COLUMNS, panel::toString);
            for (int x = place.get("x").asInt(); x < right; x++) {
                for (int y = 0; y < place.get("h").asInt(); y++) {
                    assertTrue(taken.add(x + " " + (place.get("y").asInt() + y)), panel::toString);
                }
            }
        }
        for (JsonNode panel : dashboard.panels()) {
            assertTrue(panel.get("description").asText().endsWith("."), panel::toString);
            assertFalse(panel.at("/fieldConfig/defaults/unit").asText().isEmpty(), panel::toString);
            Set<String> references = new HashSet<>();
            panel.get("targets")
                    .forEach(target ->
                            assertTrue(references.add(target.get("refId").asText()), panel::toString));
        }
    }
}
