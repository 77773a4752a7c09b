package dev.wayside.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.servers.Prometheus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The alert rules do what they say, according to Prometheus's own tool. */
class AlertRulesIT {
    private static final Path RULES = Path.of("dashboards/alerts.yaml");
    private static final Path TESTS = Path.of("dashboards/tests");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern METRIC = Pattern.compile("\\b(?:wayside|jvm|process)_[a-z_]+");

    @Test
    void promtoolAcceptsTheRules() {
        String output = Prometheus.promtool(List.of("check", "rules", RULES.toString()), null);
        assertTrue(output.contains("SUCCESS"), output);
    }

    @Test
    void everyAlertFiresWhenItShouldAndOnlyThen() throws IOException {
        for (Path test : tests()) {
            Prometheus.promtool(List.of("test", "rules", test.toString()), null);
        }
    }

    @Test
    void theAlertsOfTheIngestFireWhenTheyShould() {
        Path tests = Path.of("camel-k/overlays/cloud-data/prometheus/ingest-alerts.test.yaml");
        Prometheus.promtool(List.of("test", "rules", tests.toString()), null);
    }

    @Test
    void everyAlertHasATestInWhichItFiresAndOneInWhichItDoesNot() throws IOException {
        Set<String> alerts = new TreeSet<>();
        for (JsonNode rule : yaml(RULES).at("/groups/0/rules")) {
            String alert = rule.get("alert").asText();
            alerts.add(alert + ".yaml");
            JsonNode cases = yaml(TESTS.resolve(alert + ".yaml")).at("/tests/0/alert_rule_test");
            assertTrue(
                    stream(cases)
                            .allMatch(each -> each.get("alertname").asText().equals(alert)),
                    alert);
            assertTrue(stream(cases).anyMatch(each -> each.get("exp_alerts").isEmpty()), alert);
            assertTrue(stream(cases).anyMatch(each -> !each.get("exp_alerts").isEmpty()), alert);
        }
        assertEquals(
                alerts,
                tests().stream().map(test -> test.getFileName().toString()).collect(Collectors.toSet()));
    }

    /** At the very beginning, no alert can fire: there has been no time for a {@code for} or a rate. */
    @Test
    void everyAlertIsTestedJustBeforeItFiresAndAfterTheRecovery() throws IOException {
        for (Path test : tests()) {
            List<Integer> fires = minutes(test, false);
            List<Integer> silent = minutes(test, true);
            assertTrue(silent.stream().allMatch(minute -> minute > 0), test::toString);
            assertTrue(silent.stream().anyMatch(minute -> minute < fires.get(0)), test::toString);
            assertTrue(silent.stream().anyMatch(minute -> minute > fires.get(fires.size() - 1)), test::toString);
        }
    }

    private static List<Integer> minutes(Path test, boolean silent) throws IOException {
        return stream(yaml(test).at("/tests/0/alert_rule_test"))
                .filter(each -> each.get("exp_alerts").isEmpty() == silent)
                .map(each -> Integer.valueOf(each.get("eval_time").asText().replace("m", "")))
                .sorted()
                .toList();
    }

    @Test
    void theRulesUseOnlyMetricsThatExist() throws IOException {
        Set<String> known = MetricsTable.names();
        for (JsonNode rule : yaml(RULES).at("/groups/0/rules")) {
            Matcher metric = METRIC.matcher(rule.get("expr").asText());
            while (metric.find()) {
                assertTrue(known.contains(metric.group().replaceFirst("_bucket$", "")), metric.group());
            }
        }
    }

    private static List<Path> tests() throws IOException {
        try (Stream<Path> files = Files.list(TESTS)) {
            return files.sorted().toList();
        }
    }

    private static JsonNode yaml(Path file) throws IOException {
        return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
    }

    private static Stream<JsonNode> stream(JsonNode nodes) {
        return StreamSupport.stream(nodes.spliterator(), false);
    }
}
