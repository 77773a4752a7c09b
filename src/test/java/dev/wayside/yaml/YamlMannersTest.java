package dev.wayside.yaml;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Holds routes and kamelets to the manners of Camel's own catalogs; see docs/architecture.md. */
class YamlMannersTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([A-Za-z0-9._-]+)(?::[^}]*)?}}");
    private static final Set<String> STEPS_WITHOUT_NAMES = Set.of("setHeader", "setBody", "setProperty");

    private static Schema dsl;

    @BeforeAll
    static void readSchema() {
        dsl = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(YamlMannersTest.class.getResourceAsStream("/schema/camelYamlDsl.json"));
    }

    static Stream<Path> routes() throws IOException {
        return yaml("routes");
    }

    static Stream<Path> kamelets() throws IOException {
        return yaml("kamelets");
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aRouteKeepsToCamelsSchema(Path file) throws IOException {
        assertEquals(List.of(), dsl.validate(read(file).toString(), InputFormat.JSON), file::toString);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aRouteIsNamedAfterItsFileAndSaysWhatItDoes(Path file) throws IOException {
        JsonNode root = read(file);
        assertEquals(1, root.size(), file + " must hold one route");
        String kind = root.get(0).fieldNames().next();
        JsonNode route = root.get(0).get(kind);
        assertTrue(route.path("description").asText().length() > 20, file + ": the route has no description");
        Set<String> ids = new HashSet<>();
        if (kind.equals("routeConfiguration")) {
            // It holds for all routes only when it has no name; its parts have theirs.
            assertSteps(file, route.get("onException"), ids);
            return;
        }
        assertTrue(Set.of("route", "routeTemplate").contains(kind), file + " holds a " + kind);
        assertEquals(stem(file, ".yaml"), route.path("id").asText());
        JsonNode from = route.get("from");
        assertNamed(file, "from", from, ids);
        assertSteps(file, from.get("steps"), ids);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aRouteHasParametersRatherThanQueryStrings(Path file) throws IOException {
        for (JsonNode uri : read(file).findValues("uri")) {
            assertFalse(uri.asText().contains("?"), file + ": " + uri.asText());
        }
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void aKameletIsCompleteAndItsTemplateKeepsToCamelsSchema(Path file) throws IOException {
        JsonNode kamelet = read(file);
        String name = kamelet.at("/metadata/name").asText();
        String type = kamelet.path("metadata")
                .path("labels")
                .path("camel.apache.org/kamelet.type")
                .asText();
        JsonNode definition = kamelet.at("/spec/definition");
        String title = definition.path("title").asText();
        assertAll(
                () -> assertEquals(stem(file, ".kamelet.yaml"), name),
                () -> assertTrue(Set.of("source", "action", "sink").contains(type), type),
                () -> assertTrue(name.startsWith("wayside-") && name.endsWith("-" + type), name),
                () -> assertEquals(
                        "camel.apache.org/v1", kamelet.path("apiVersion").asText()),
                () -> assertEquals("Kamelet", kamelet.path("kind").asText()),
                () -> assertEquals(
                        List.of("apiVersion", "kind", "metadata", "spec"), names(kamelet), "order of the keys"),
                () -> assertEquals(
                        List.of("definition", "dependencies", "template"), names(kamelet.get("spec")), "order of spec"),
                () -> assertTrue(title.toLowerCase().endsWith(type), title),
                () -> assertTitle(title),
                () -> assertSentence(definition),
                () -> assertTemplate(type, kamelet.at("/spec/template")));
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void aKameletDeclaresEachPropertyItUsesAndUsesEachItDeclares(Path file) throws IOException {
        JsonNode kamelet = read(file);
        Set<String> used = new TreeSet<>();
        Matcher matcher = PLACEHOLDER.matcher(kamelet.at("/spec/template").toString());
        while (matcher.find()) {
            used.add(matcher.group(1));
        }
        for (JsonNode bean : kamelet.at("/spec/template/beans")) {
            assertTrue(used.remove(bean.path("name").asText()), "the bean " + bean.path("name") + " is not used");
        }
        JsonNode properties = kamelet.at("/spec/definition/properties");
        assertEquals(new TreeSet<>(names(properties)), used);
        for (JsonNode required : kamelet.at("/spec/definition/required")) {
            assertTrue(properties.has(required.asText()), required + " is required but not declared");
        }
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void aKameletsPropertiesAreDescribed(Path file) throws IOException {
        JsonNode properties = read(file).at("/spec/definition/properties");
        for (String name : names(properties)) {
            JsonNode property = properties.get(name);
            assertTitle(property.path("title").asText());
            assertSentence(property);
            assertTrue(property.has("type"), name + " has no type");
            assertTrue(property.has("default") || property.has("example"), name + " has neither default nor example");
            boolean secret = name.toLowerCase().matches(".*(password|apikey).*") && !name.endsWith("File");
            assertEquals(secret, "password".equals(property.path("format").asText()), name + "'s format");
        }
    }

    /** Camel takes a bean for a parameter when both are called alike, and then does not find it. */
    @Test
    void noBeanOfAKameletIsCalledLikeAStep() throws IOException {
        Set<String> steps = new HashSet<>();
        for (Path route : routes().toList()) {
            read(route).findValuesAsText("id").forEach(steps::add);
        }
        for (Path kamelet : kamelets().toList()) {
            for (JsonNode bean : read(kamelet).at("/spec/template/beans")) {
                assertFalse(steps.contains(bean.path("name").asText()), kamelet + ": " + bean.path("name"));
            }
        }
    }

    @Test
    void everyKameletIsUsedByARouteOrByOneThatTheDocsShow() throws IOException {
        StringBuilder all = new StringBuilder(Files.readString(Path.of("docs/adding-a-sink.md")));
        for (Path route : routes().toList()) {
            all.append(Files.readString(route));
        }
        for (Path kamelet : kamelets().toList()) {
            assertTrue(all.indexOf("kamelet:" + stem(kamelet, ".kamelet.yaml")) >= 0, kamelet + " is not used");
        }
    }

    private static void assertTemplate(String type, JsonNode template) {
        JsonNode from = template.get("from");
        JsonNode route = JSON.createArrayNode().add(JSON.createObjectNode().set("from", from));
        assertEquals(List.of(), dsl.validate(route.toString(), InputFormat.JSON));
        boolean source = type.equals("source");
        assertEquals(!source, from.path("uri").asText().equals("kamelet:source"), "where the template begins");
        if (source) {
            assertTrue(from.toString().contains("kamelet:sink"), "a source must end in kamelet:sink");
        }
    }

    private static void assertSteps(Path file, JsonNode steps, Set<String> ids) {
        for (JsonNode step : steps) {
            String kind = step.fieldNames().next();
            JsonNode body = step.get(kind);
            if (!STEPS_WITHOUT_NAMES.contains(kind)) {
                assertNamed(file, kind, body, ids);
            }
            if (body.has("steps")) {
                assertSteps(file, body.get("steps"), ids);
            }
        }
    }

    private static void assertNamed(Path file, String kind, JsonNode step, Set<String> ids) {
        String id = step.path("id").asText();
        assertFalse(id.isEmpty(), file + ": a step '" + kind + "' has no id");
        assertTrue(ids.add(id), file + ": the id " + id + " stands twice");
        assertFalse(step.path("description").asText().isEmpty(), file + ": " + id + " has no description");
    }

    private static void assertTitle(String title) {
        assertTrue(title.matches("[A-Z].*") && !title.matches("(The|A|An) .*"), "title: " + title);
        for (String word : title.split(" ")) {
            assertTrue(word.matches("[A-Z].*|of"), "title: " + title);
        }
    }

    private static void assertSentence(JsonNode described) {
        String description = described.path("description").asText();
        assertTrue(description.matches("(?s)[A-Z].*\\."), "no full sentence: " + description);
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String stem(Path file, String ending) {
        String name = file.getFileName().toString();
        assertTrue(name.endsWith(ending), name);
        return name.substring(0, name.length() - ending.length());
    }

    private static Stream<Path> yaml(String folder) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    private static JsonNode read(Path file) throws IOException {
        return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
    }
}
