package dev.wayside.yaml;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
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

    /** Ours, and those that the docs show. */
    static Stream<Path> routes() throws IOException {
        return Stream.concat(yaml("routes"), examples());
    }

    private static Stream<Path> examples() throws IOException {
        Path folder = Files.createDirectories(Path.of("target/docs-examples"));
        List<Path> files = new ArrayList<>();
        Matcher example = Pattern.compile("```yaml\\n# routes/(\\S+\\.yaml)\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/adding-a-sink.md")));
        while (example.find()) {
            files.add(Files.writeString(folder.resolve(example.group(1)), example.group(2)));
        }
        assertTrue(files.size() >= 3, files::toString);
        return files.stream();
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
        // The beans that the route's steps are, if any, stand before it.
        int first = root.get(0).has("beans") ? 1 : 0;
        assertEquals(first + 1, root.size(), file + " must hold one route");
        String kind = root.get(first).fieldNames().next();
        JsonNode route = root.get(first).get(kind);
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
    void aRouteUsesEachBeanItDeclares(Path file) throws IOException {
        JsonNode root = read(file);
        List<String> references = root.findValuesAsText("ref");
        for (JsonNode beans : root.findValues("beans")) {
            for (JsonNode bean : beans) {
                String name = bean.path("name").asText();
                assertTrue(references.contains(name) || references.contains("{{" + name + "}}"), file + ": " + name);
            }
        }
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
                () -> assertMetadata(kamelet),
                () -> assertDependencies(kamelet.at("/spec")),
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
            assertNotEquals("", property.path("default").asText("-"), name + ": optional is {{?" + name + "}}");
            boolean secret = name.toLowerCase().matches(".*(password|apikey).*") && !name.endsWith("File");
            assertEquals(secret, "password".equals(property.path("format").asText()), name + "'s format");
        }
    }

    /** Camel takes a bean for a parameter when both are called alike, and then does not find it. */
    @Test
    void noBeanOfAKameletOrRouteIsCalledLikeAStep() throws IOException {
        Set<String> steps = new HashSet<>();
        for (Path route : routes().toList()) {
            read(route).findValuesAsText("id").forEach(steps::add);
        }
        for (Path file : Stream.concat(routes(), kamelets()).toList()) {
            for (JsonNode beans : read(file).findValues("beans")) {
                for (String bean : beans.findValuesAsText("name")) {
                    assertFalse(steps.contains(bean), file + ": " + bean);
                }
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
            assertSteps(file, body.path("steps"), ids);
            // What stands in these is no step itself, but has steps.
            for (String clauses : List.of("doCatch", "when")) {
                for (JsonNode clause : body.path(clauses)) {
                    assertNamed(file, clauses, clause, ids);
                    assertSteps(file, clause.path("steps"), ids);
                }
            }
            for (String clause : List.of("doFinally", "otherwise")) {
                if (body.has(clause)) {
                    assertNamed(file, clause, body.get(clause), ids);
                    assertSteps(file, body.get(clause).path("steps"), ids);
                }
            }
        }
    }

    /** As in Camel's catalog, and of the version of this build. */
    private static void assertMetadata(JsonNode kamelet) throws IOException {
        JsonNode annotations = kamelet.at("/metadata/annotations");
        assertEquals(
                List.of(
                        "camel.apache.org/kamelet.support.level",
                        "camel.apache.org/catalog.version",
                        "camel.apache.org/kamelet.icon",
                        "camel.apache.org/provider",
                        "camel.apache.org/kamelet.group"),
                names(annotations));
        assertEquals(
                version(), annotations.path("camel.apache.org/catalog.version").asText());
        String icon = annotations.path("camel.apache.org/kamelet.icon").asText();
        String prefix = "data:image/svg+xml;base64,";
        assertTrue(icon.startsWith(prefix), icon);
        String svg = new String(Base64.getDecoder().decode(icon.substring(prefix.length())), StandardCharsets.UTF_8);
        assertTrue(svg.startsWith("<svg ") && svg.endsWith("</svg>"), svg);
    }

    /** The component of every uri, the bean language and our own artifact, in the order of their names. */
    private static void assertDependencies(JsonNode spec) throws IOException {
        Set<String> needed = new TreeSet<>(Set.of("camel:kamelet", "mvn:dev.wayside:wayside:" + version()));
        for (JsonNode uri : spec.get("template").findValues("uri")) {
            String component = uri.asText().replaceFirst(":.*", "");
            if (Set.of("paho-mqtt5", "influxdb").contains(component)) {
                needed.add("camel:" + component);
            } else if (component.equals("{{elasticConnection}}")) {
                needed.add("camel:elasticsearch");
            } else {
                assertTrue(Set.of("kamelet", "journal").contains(component), component);
            }
        }
        if (!spec.get("template").findValues("method").isEmpty()) {
            needed.add("camel:bean");
        }
        if (!spec.get("template").findValues("marshal").isEmpty()) {
            needed.add("camel:jackson");
        }
        List<String> declared = new ArrayList<>();
        spec.get("dependencies").forEach(each -> declared.add(each.asText()));
        assertEquals(List.copyOf(needed), declared);
    }

    private static String version() throws IOException {
        Matcher version = Pattern.compile("<artifactId>wayside</artifactId>\\s*<version>([^<]+)<")
                .matcher(Files.readString(Path.of("pom.xml")));
        assertTrue(version.find());
        return version.group(1);
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
