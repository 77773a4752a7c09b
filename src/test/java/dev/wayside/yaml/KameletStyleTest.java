package dev.wayside.yaml;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that kamelets follow the conventions of Camel's own catalogue; see docs/architecture.md. */
class KameletStyleTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([A-Za-z0-9._-]+)(?::[^}]*)?}}");

    @ParameterizedTest
    @MethodSource("dev.wayside.yaml.YamlFiles#kamelets")
    void aKameletIsCompleteAndItsTemplateFollowsCamelsSchema(Path file) throws IOException {
        JsonNode kamelet = YamlFiles.read(file);
        String name = kamelet.at("/metadata/name").asText();
        String type = kamelet.path("metadata")
                .path("labels")
                .path("camel.apache.org/kamelet.type")
                .asText();
        JsonNode definition = kamelet.at("/spec/definition");
        String title = definition.path("title").asText();
        assertAll(
                () -> assertEquals(YamlFiles.stem(file, ".kamelet.yaml"), name),
                () -> assertTrue(Set.of("source", "action", "sink").contains(type), type),
                () -> assertTrue(name.startsWith("wayside-") && name.endsWith("-" + type), name),
                () -> assertEquals(
                        "camel.apache.org/v1", kamelet.path("apiVersion").asText()),
                () -> assertEquals("Kamelet", kamelet.path("kind").asText()),
                () -> assertEquals(
                        List.of("apiVersion", "kind", "metadata", "spec"),
                        YamlFiles.names(kamelet),
                        "order of the keys"),
                () -> assertEquals(
                        List.of("definition", "dependencies", "template"),
                        YamlFiles.names(kamelet.get("spec")),
                        "order of spec"),
                () -> assertTrue(title.toLowerCase().endsWith(type), title),
                () -> assertTitle(title),
                () -> assertSentence(definition),
                () -> assertMetadata(kamelet),
                () -> assertDependencies(kamelet.at("/spec")),
                () -> assertTemplate(type, kamelet.at("/spec/template")));
    }

    @ParameterizedTest
    @MethodSource("dev.wayside.yaml.YamlFiles#kamelets")
    void aKameletDeclaresEachPropertyItUsesAndUsesEachItDeclares(Path file) throws IOException {
        JsonNode kamelet = YamlFiles.read(file);
        Set<String> used = new TreeSet<>();
        Matcher matcher = PLACEHOLDER.matcher(kamelet.at("/spec/template").toString());
        while (matcher.find()) {
            used.add(matcher.group(1));
        }
        for (JsonNode bean : kamelet.at("/spec/template/beans")) {
            assertTrue(used.remove(bean.path("name").asText()), "the bean " + bean.path("name") + " is not used");
        }
        JsonNode properties = kamelet.at("/spec/definition/properties");
        assertEquals(new TreeSet<>(YamlFiles.names(properties)), used);
        for (JsonNode required : kamelet.at("/spec/definition/required")) {
            assertTrue(properties.has(required.asText()), required + " is required but not declared");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.wayside.yaml.YamlFiles#kamelets")
    void aKameletsPropertiesAreDescribed(Path file) throws IOException {
        JsonNode properties = YamlFiles.read(file).at("/spec/definition/properties");
        for (String name : YamlFiles.names(properties)) {
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

    /** Camel mistakes a bean for a parameter of the same name, and then does not find it. */
    @Test
    void noBeanOfAKameletOrRouteHasTheNameOfAStep() throws IOException {
        Set<String> steps = new HashSet<>();
        for (Path route : YamlFiles.routes().toList()) {
            YamlFiles.read(route).findValuesAsText("id").forEach(steps::add);
        }
        for (Path file : Stream.concat(YamlFiles.routes(), YamlFiles.kamelets()).toList()) {
            for (JsonNode beans : YamlFiles.read(file).findValues("beans")) {
                for (String bean : beans.findValuesAsText("name")) {
                    assertFalse(steps.contains(bean), file + ": " + bean);
                }
            }
        }
    }

    @Test
    void everyKameletIsUsedByARouteOrByOneThatTheDocsShow() throws IOException {
        StringBuilder all = new StringBuilder(Files.readString(Path.of("docs/adding-a-sink.md")));
        for (Path route : YamlFiles.routes().toList()) {
            all.append(Files.readString(route));
        }
        for (Path kamelet : YamlFiles.kamelets().toList()) {
            assertTrue(
                    all.indexOf("kamelet:" + YamlFiles.stem(kamelet, ".kamelet.yaml")) >= 0, kamelet + " is not used");
        }
    }

    private static void assertTemplate(String type, JsonNode template) {
        JsonNode from = template.get("from");
        JsonNode route = JSON.createArrayNode().add(JSON.createObjectNode().set("from", from));
        assertEquals(List.of(), YamlFiles.violations(route));
        boolean source = type.equals("source");
        assertEquals(!source, from.path("uri").asText().equals("kamelet:source"), "where the template begins");
        if (source) {
            assertTrue(from.toString().contains("kamelet:sink"), "a source must end in kamelet:sink");
        }
    }

    /** As in Camel's catalogue, with the version of this build. */
    private static void assertMetadata(JsonNode kamelet) throws IOException {
        JsonNode annotations = kamelet.at("/metadata/annotations");
        assertEquals(
                List.of(
                        "camel.apache.org/kamelet.support.level",
                        "camel.apache.org/catalog.version",
                        "camel.apache.org/kamelet.icon",
                        "camel.apache.org/provider",
                        "camel.apache.org/kamelet.group"),
                YamlFiles.names(annotations));
        assertEquals(
                version(), annotations.path("camel.apache.org/catalog.version").asText());
        String icon = annotations.path("camel.apache.org/kamelet.icon").asText();
        String prefix = "data:image/svg+xml;base64,";
        assertTrue(icon.startsWith(prefix), icon);
        String svg = new String(Base64.getDecoder().decode(icon.substring(prefix.length())), StandardCharsets.UTF_8);
        assertTrue(svg.startsWith("<svg ") && svg.endsWith("</svg>"), svg);
    }

    /** The component of every uri, the bean language and our own artifact, in alphabetical order. */
    private static void assertDependencies(JsonNode spec) throws IOException {
        Set<String> needed = new TreeSet<>(Set.of("camel:kamelet", "mvn:dev.wayside:wayside:" + version()));
        for (JsonNode uri : spec.get("template").findValues("uri")) {
            String component = uri.asText().replaceFirst(":.*", "");
            if (Set.of("paho-mqtt5", "influxdb", "timer").contains(component)) {
                needed.add("camel:" + component);
            } else if (component.equals("{{elasticConnection}}")) {
                needed.add("camel:elasticsearch");
            } else {
                assertTrue(Set.of("kamelet", "journal").contains(component), component);
            }
        }
        if (!spec.get("template").findValues("method").isEmpty()
                || !spec.get("template").findValues("bean").isEmpty()) {
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
}
