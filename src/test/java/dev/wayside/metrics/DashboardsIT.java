package dev.wayside.metrics;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayside.servers.InfluxDb;
import dev.wayside.servers.Prometheus;
import dev.wayside.servers.WaysideProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every query of the dashboards returns data from a real Prometheus and a real InfluxDB that a running Wayside feeds. */
class DashboardsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    static Path directory;

    private static InfluxDb influx;
    private static WaysideProcess wayside;
    private static Prometheus prometheus;

    @BeforeAll
    static void start() throws IOException {
        influx = new InfluxDb().start();
        Path password = Files.writeString(directory.resolve("password"), InfluxDb.PASSWORD);
        wayside = WaysideProcess.run(
                        directory,
                        "influxdb.enabled=true",
                        "influxdb.url=http://127.0.0.1:" + influx.port(),
                        "influxdb.retention-policy=month",
                        "influxdb.username=" + InfluxDb.USER,
                        "influxdb.password-file=" + password)
                .awaitStarted();
        prometheus = new Prometheus(URI.create(wayside.url()).getAuthority(), Path.of("dashboards/alerts.yaml"));
    }

    @AfterAll
    static void stop() {
        List<AutoCloseable> all = new ArrayList<>();
        all.add(prometheus);
        all.add(wayside);
        all.add(influx);
        all.removeIf(each -> each == null);
        all.forEach(DashboardsIT::close);
    }

    @Test
    void everyQueryForPrometheusReturnsData() throws IOException {
        Dashboard dashboard = Dashboard.read("wayside-prometheus.json");
        for (Dashboard.Query query : dashboard.queries("expr")) {
            String expression = query.text().replace("$instance", ".+").replace("$__rate_interval", "10s");
            await(query.toString())
                    .atMost(PATIENCE)
                    .until(() -> hasNumber(prometheus.range(expression, Duration.ofSeconds(5))));
        }
        for (JsonNode variable : dashboard.variables()) {
            String text = variable.at("/query/query").asText();
            if (!text.isEmpty()) {
                String[] words =
                        text.replaceFirst("label_values\\((.*)\\)", "$1").split(", ");
                assertFalse(
                        prometheus
                                .query(words[0])
                                .get(0)
                                .at("/metric/" + words[1])
                                .asText()
                                .isEmpty(),
                        text);
            }
        }
    }

    @Test
    void everyQueryForInfluxDbReturnsData() throws IOException {
        Dashboard dashboard = Dashboard.read("wayside-influxdb.json");
        List<String> queries = new ArrayList<>(
                dashboard.queries("query").stream().map(Dashboard.Query::text).toList());
        dashboard.variables().forEach(variable -> {
            if (variable.get("type").asText().equals("query")) {
                queries.add(variable.get("query").asText());
            }
        });
        for (String query : queries) {
            String statement = query.replace("$timeFilter", "time > now() - 1m")
                    .replace("$__interval", "10s")
                    .replace("$policy", "month")
                    .replaceAll("\\^\\$(device|camera)\\$", "^.+\\$");
            await(query).atMost(PATIENCE).until(() -> hasValue(influx.query("wayside", statement)));
        }
    }

    @Test
    void prometheusEvaluatesEveryAlertAndNoneFires() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode rules = prometheus.rules();
            assertFalse(rules.isEmpty());
            for (JsonNode rule : rules) {
                assertEquals("ok", rule.get("health").asText(), rule::toString);
            }
        });
        for (JsonNode rule : prometheus.rules()) {
            assertEquals("inactive", rule.get("state").asText(), rule::toString);
        }
    }

    private static boolean hasNumber(JsonNode series) {
        for (JsonNode one : series) {
            for (JsonNode value : one.get("values")) {
                if (!value.get(1).asText().equals("NaN")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean hasValue(JsonNode series) {
        for (JsonNode one : series) {
            for (JsonNode row : one.get("values")) {
                if (!row.get(1).isNull()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void close(AutoCloseable server) {
        try {
            server.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
