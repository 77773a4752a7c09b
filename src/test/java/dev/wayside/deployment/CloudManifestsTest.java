package dev.wayside.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.config.Key;
import dev.wayside.config.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What belongs together in the overlays for the cloud: names, files, passwords, settings, and what Grafana and Kibana show. */
class CloudManifestsTest {
    private static final Path CLOUD = Path.of("camel-k/overlays/cloud-data");
    private static final Path INGEST = Path.of("camel-k/overlays/ingest");
    private static final Path DASHBOARDS = Path.of("dashboards");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyDashboardAndEveryRuleIsInstalled() throws IOException {
        JsonNode generators = one(DASHBOARDS.resolve("Kustomization")).get("configMapGenerator");
        assertEquals(names(DASHBOARDS, ".json"), texts(generators.at("/0/files")));
        assertEquals(names(DASHBOARDS, ".yaml"), texts(generators.at("/1/files")));
        JsonNode prometheus = one(CLOUD.resolve("prometheus/prometheus.yaml"));
        for (JsonNode file : prometheus.get("rule_files")) {
            assertTrue(file.asText().matches("/etc/prometheus/rules/(ingest-)?alerts\\.yaml"), file::asText);
        }
        assertEquals("wayside", prometheus.at("/scrape_configs/0/job_name").asText());
    }

    @Test
    void everyFileOfAConfigMapExistsAndNoneIsForgotten() throws IOException {
        for (Path overlay : List.of(CLOUD, INGEST)) {
            Set<Path> generated = new TreeSet<>();
            for (JsonNode generator : one(overlay.resolve("kustomization.yaml")).get("configMapGenerator")) {
                for (JsonNode file : generator.get("files")) {
                    generated.add(overlay.resolve(file.asText().replaceFirst(".*=", "")));
                }
            }
            generated.forEach(file -> assertTrue(Files.isRegularFile(file), file::toString));
            Set<Path> inFolders = new TreeSet<>();
            try (Stream<Path> files = Files.walk(overlay, 2)) {
                files.filter(Files::isRegularFile)
                        .filter(file -> !file.getParent().equals(overlay))
                        .filter(file -> !file.toString().endsWith(".test.yaml"))
                        .forEach(inFolders::add);
            }
            generated.removeIf(file -> file.getParent().equals(overlay));
            assertEquals(inFolders, generated);
        }
    }

    @Test
    void everyConfigMapThatAPodMountsIsGenerated() throws IOException {
        Set<String> generated = new HashSet<>(Set.of("grafana-dashboards", "prometheus-rules", "wayside-routes"));
        for (Path overlay : List.of(CLOUD, INGEST)) {
            one(overlay.resolve("kustomization.yaml"))
                    .get("configMapGenerator")
                    .forEach(each -> generated.add(each.get("name").asText()));
        }
        for (JsonNode manifest : manifests()) {
            for (JsonNode map : manifest.findValues("configMap")) {
                assertTrue(generated.contains(map.get("name").asText()), map::toString);
            }
        }
    }

    /** camel-k/cloud makes them; no file of the repository has one. */
    @Test
    void everyPasswordComesFromASecretThatTheScriptMakes() throws IOException {
        String script = Files.readString(Path.of("camel-k/cloud"));
        for (JsonNode manifest : manifests()) {
            assertFalse(manifest.path("kind").asText().equals("Secret"), manifest::toString);
            for (JsonNode variables : manifest.findValues("env")) {
                for (JsonNode variable : variables) {
                    String name = variable.get("name").asText();
                    if (name.matches(".*(PASSWORD|TOKEN|ENCRYPTIONKEY)")) {
                        assertFalse(variable.has("value"), name);
                    }
                }
            }
            for (JsonNode reference : manifest.findValues("secretKeyRef")) {
                assertMade(
                        script,
                        reference.get("name").asText(),
                        reference.get("key").asText());
            }
            for (JsonNode secret : manifest.findValues("secret")) {
                for (JsonNode item : secret.path("items")) {
                    String name =
                            secret.path("name").asText(secret.path("secretName").asText());
                    assertMade(script, name, item.get("key").asText());
                }
            }
        }
    }

    private static void assertMade(String script, String secret, String key) {
        assertTrue(
                script.lines()
                        .anyMatch(line ->
                                line.matches(" *secret " + secret + "( .*)? " + key.replace(".", "\\.") + "( .*)?")),
                "camel-k/cloud makes no Secret " + secret + " with " + key);
    }

    @Test
    void theReplicasSettingsAreKnownAndValid() throws IOException {
        JsonNode replica = manifests().stream()
                .filter(each -> each.at("/metadata/name").asText().equals("wayside-ingest"))
                .filter(each -> each.path("kind").asText().equals("StatefulSet"))
                .findFirst()
                .orElseThrow();
        for (JsonNode variable : replica.at("/spec/template/spec/containers/0/env")) {
            String name = variable.get("name").asText();
            Key<?> key = Keys.groups().stream()
                    .flatMap(group -> group.keys().stream())
                    .filter(each -> ("WAYSIDE_" + each.name().toUpperCase(Locale.ROOT))
                            .replaceAll("[.-]", "_")
                            .equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(name + " is no setting"));
            assertTrue(variable.has("valueFrom") || variable.get("value").isTextual(), key::name);
        }
        long grace =
                replica.at("/spec/template/spec/terminationGracePeriodSeconds").asLong();
        assertTrue(grace > 300, "a replica that leaves may take ingest.leave-within");
    }

    /** A dashboard names the kind of its data source; Grafana chooses the one that is provisioned. */
    @Test
    void grafanaHasADataSourceForEachDashboard() throws IOException {
        Set<String> kinds = new TreeSet<>();
        one(CLOUD.resolve("grafana/datasources.yaml"))
                .get("datasources")
                .forEach(each -> kinds.add(each.get("type").asText()));
        Set<String> needed = new TreeSet<>();
        for (String dashboard : names(DASHBOARDS, ".json")) {
            JSON.readTree(DASHBOARDS.resolve(dashboard).toFile())
                    .findValues("datasource")
                    .forEach(each -> needed.add(each.get("type").asText()));
        }
        assertEquals(needed, kinds);
    }

    @Test
    void kibanasObjectsReferToEachOtherAndToFieldsOfAnEvent() throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        for (String line : Files.readAllLines(CLOUD.resolve("elastic/saved-objects.ndjson"))) {
            objects.add(JSON.readTree(line));
        }
        Set<String> ids = objects.stream()
                .map(each -> each.get("type").asText() + " " + each.get("id").asText())
                .collect(Collectors.toSet());
        assertEquals(objects.size(), ids.size());
        Set<String> fields = fields(objects);
        for (JsonNode object : objects) {
            Set<String> given = new HashSet<>();
            for (JsonNode reference : object.get("references")) {
                assertTrue(
                        ids.contains(reference.get("type").asText() + " "
                                + reference.get("id").asText()),
                        reference::toString);
                given.add(reference.get("name").asText());
            }
            JsonNode attributes = object.get("attributes");
            assertFalse(attributes.get("title").asText().isEmpty());
            String source =
                    attributes.at("/kibanaSavedObjectMeta/searchSourceJSON").asText("{}");
            JsonNode index = JSON.readTree(source).path("indexRefName");
            assertTrue(index.isMissingNode() || given.contains(index.asText()), object::toString);
            for (JsonNode column : attributes.path("columns")) {
                assertTrue(fields.contains(column.asText()), column::asText);
            }
            if (attributes.has("visState")) {
                JsonNode state = JSON.readTree(attributes.get("visState").asText());
                assertEquals(attributes.get("title"), state.get("title"));
                for (JsonNode field : state.findValues("field")) {
                    assertTrue(fields.contains(field.asText()), field::asText);
                }
            }
            for (JsonNode panel : JSON.readTree(attributes.path("panelsJSON").asText("[]"))) {
                String name = panel.get("panelIndex").asText() + ":"
                        + panel.get("panelRefName").asText();
                assertTrue(given.contains(name), name);
            }
        }
    }

    /** Those of the index template and the counts, and those that the data view computes. */
    private static Set<String> fields(List<JsonNode> objects) throws IOException {
        Set<String> fields = new HashSet<>(Set.of("car_count", "person_count"));
        JsonNode template = JSON.readTree(
                Path.of("src/main/resources/elasticsearch/index-template.json").toFile());
        template.at("/template/mappings/properties").fieldNames().forEachRemaining(fields::add);
        for (JsonNode object : objects) {
            String computed = object.at("/attributes/runtimeFieldMap").asText("{}");
            JSON.readTree(computed).fieldNames().forEachRemaining(fields::add);
        }
        return fields;
    }

    private static List<JsonNode> manifests() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (Path folder : List.of(
                CLOUD, INGEST, Path.of("camel-k/components/cert-manager"), Path.of("camel-k/components/keda"))) {
            for (String file : names(folder, ".yaml")) {
                all.addAll(read(folder.resolve(file)));
            }
        }
        assertTrue(all.size() > 30, () -> String.valueOf(all.size()));
        return all;
    }

    private static Set<String> names(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new TreeSet<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static JsonNode one(Path file) throws IOException {
        return read(file).get(0);
    }

    private static List<JsonNode> read(Path file) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        new Load(LoadSettings.builder().build())
                .loadAllFromString(Files.readString(file))
                .forEach(document -> documents.add(JSON.valueToTree(document)));
        return documents;
    }
}
