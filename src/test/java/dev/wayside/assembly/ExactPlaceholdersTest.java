package dev.wayside.assembly;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.component.log.LogEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Values reach the beans of every kamelet, endpoints and expressions unchanged. */
class ExactPlaceholdersTest {
    /** Numbers and names with a restricted alphabet, which the kamelet uses in its own URIs and expressions. */
    private static final Set<String> NO_TEXTS =
            Set.of("qos", "messagesPerSecond", "sink", "batchSize", "retryMax", "start");

    private static final List<String> NASTY = List.of(
            "r&d",
            "c%25d",
            "%",
            "%zz",
            "a+b c",
            " a ",
            "a#b?c=d&e",
            "a)b",
            "a)&b",
            "RAW(x)",
            "RAW{x}",
            "RAW(",
            "{{b}}",
            "{{?b}}",
            "}}{{",
            "{{",
            "\\{{a\\}}",
            "x\\",
            "${body}",
            "$simple{body}",
            "#bean:other",
            "#class:java.lang.String",
            "#property:b",
            "#valueAs(java.lang.Integer):1",
            "#other",
            "#",
            "'q'",
            "\"q\"",
            "a\"b",
            "a,b\", \"c",
            "8086",
            "true",
            "null",
            "1.5",
            "a\tb\nc",
            "\u00fc\u20ac\uD83D\uDE00",
            "@@[a]@@",
            "?nested=true",
            "file:/x y/z,w",
            "(",
            ")",
            "a:b",
            "<>^`|~!*;",
            "");

    private final Map<String, String> settings = new TreeMap<>(Map.of("b", "another key"));
    private final CamelContext context = new DefaultCamelContext();

    @TempDir
    private Path kamelets;

    @BeforeEach
    void start() {
        ExactPlaceholders.install(context, settings::get);
        context.getRegistry().bind("other", "another bean");
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    static Stream<Path> kameletFiles() throws IOException {
        return Files.list(Path.of("kamelets")).filter(file -> file.toString().endsWith(".kamelet.yaml"));
    }

    @ParameterizedTest
    @MethodSource("kameletFiles")
    void aKameletsBeansGetEachParameterUnchanged(Path file) throws Exception {
        Map<?, ?> spec = (Map<?, ?>)
                ((Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)))
                        .get("spec");
        Set<?> parameters = ((Map<?, ?>) ((Map<?, ?>) spec.get("definition")).get("properties")).keySet();
        Map<String, String> uses = uses((Map<?, ?>) spec.get("template"));
        Set<String> used =
                uses.values().stream().map(ExactPlaceholdersTest::parameter).collect(toSet());
        used.retainAll(parameters);
        uses.values().removeIf(written -> !used.contains(parameter(written)));
        assertTrue(
                parameters.stream().allMatch(each -> used.contains(each) || NO_TEXTS.contains(each)),
                () -> "of " + parameters + " only " + used + " go to beans");
        layOut(uses);
        String parts = used.stream().map(each -> each + "={{my." + each + "}}").collect(joining("&"));
        for (String text : NASTY) {
            used.forEach(each -> settings.put("my." + each, text));
            Map<String, Object> received = send("kamelet:probe?" + parts);
            uses.keySet().forEach(use -> assertEquals(text, received.get(use), use));
        }
    }

    @Test
    void aParameterWithSeveralPlaceholdersIsUnchanged() throws Exception {
        layOut(Map.of("property", "{{text}}"));
        settings.put("my.first", "r&d{{");
        settings.put("my.second", "}}%25");
        assertEquals(
                "r&d{{/}}%25/status",
                send("kamelet:probe?text={{my.first}}/{{my.second}}/status").get("property"));
        assertEquals("r&d{{", send("kamelet:probe?text=RAW({{my.first}})").get("property"));
    }

    /** The places where a bean gets a parameter, and the text at that place. */
    private static Map<String, String> uses(Map<?, ?> template) {
        Map<String, String> uses = new TreeMap<>();
        for (Object each :
                (List<?>) Optional.<Object>ofNullable(template.get("beans")).orElse(List.of())) {
            Map<?, ?> bean = (Map<?, ?>) each;
            for (String place : List.of("constructors", "properties")) {
                if (bean.get(place) instanceof Map<?, ?> given) {
                    given.forEach((name, written) -> {
                        if (written.toString().startsWith("{{")) {
                            uses.put(bean.get("name") + "." + place + "." + name, written.toString());
                        }
                    });
                }
            }
        }
        return uses;
    }

    private static String parameter(String written) {
        return written.replaceAll("[{?}]", "");
    }

    /** A kamelet that passes its parameters to beans at the same places. */
    private void layOut(Map<String, String> uses) throws Exception {
        Map<String, Object> parameters = new TreeMap<>();
        List<Object> beans = new ArrayList<>();
        List<Object> steps = new ArrayList<>();
        uses.forEach((use, written) -> {
            String bean = "bean" + beans.size();
            parameters.put(parameter(written), Map.of("type", "string"));
            beans.add(
                    use.contains("constructors")
                            ? Map.of(
                                    "name", bean,
                                    "type", Received.class.getName(),
                                    "constructors", Map.of("0", "0", "1", written),
                                    "properties", Map.of("use", use))
                            : Map.of(
                                    "name", bean,
                                    "type", Received.class.getName(),
                                    "properties", Map.of("use", use, "text", written)));
            steps.add(Map.of("process", Map.of("ref", "{{" + bean + "}}")));
        });
        Map<String, Object> kamelet = Map.of(
                "apiVersion",
                "camel.apache.org/v1",
                "kind",
                "Kamelet",
                "metadata",
                Map.of("name", "probe"),
                "spec",
                Map.of(
                        "definition", Map.of("title", "Probe", "properties", parameters),
                        "template", Map.of("beans", beans, "from", Map.of("uri", "kamelet:source", "steps", steps))));
        new ObjectMapper().writeValue(kamelets.resolve("probe.kamelet.yaml").toFile(), kamelet);
        KameletComponent component = new KameletComponent();
        component.setLocation("file:" + kamelets);
        context.addComponent("kamelet", component);
    }

    /** Runs a route like a user's and returns the variables. */
    private Map<String, Object> send(String uri) throws Exception {
        String id = "route" + context.getRoutesSize();
        String yaml =
                "- route: {id: " + id + ", from: {uri: 'direct:" + id + "', steps: [{to: {uri: '" + uri + "'}}]}}";
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(id + ".yaml", yaml));
        Exchange exchange = context.createProducerTemplate().request("direct:" + id, given -> {});
        assertNull(exchange.getException());
        return exchange.getVariables();
    }

    @Test
    void anEndpointsOptionsAreUnchanged() {
        for (String text : NASTY) {
            settings.put("my.text", text);
            LogEndpoint log = context.getEndpoint("log:a?marker={{my.text}}&showAll=true", LogEndpoint.class);
            assertEquals(text, log.getMarker());
            assertTrue(log.isShowAll());
        }
    }

    @Test
    void anExpressionThatIsOnlyAPlaceholderIsUnchanged() {
        for (String text : NASTY) {
            settings.put("my.text", text);
            assertEquals(text, context.resolvePropertyPlaceholders("{{my.text}}"));
            assertEquals("<" + text + ">", context.resolvePropertyPlaceholders("<{{my.text}}>"));
        }
    }

    @Test
    void otherPropertiesAreResolvedAsInCamel() {
        context.getPropertiesComponent().addInitialProperty("theirs", "to {{b}}");
        assertEquals("to another key", context.resolvePropertyPlaceholders("{{theirs}}"));
        assertEquals("there", context.resolvePropertyPlaceholders("{{nobody.has.this:there}}"));
        assertEquals("another key", context.resolvePropertyPlaceholders("{{ b }}"));
    }

    /** The variable {@code PATH} exists on every machine. */
    @ParameterizedTest
    @ValueSource(strings = {"path", "java.version"})
    void anEnvironmentVariableOfTheSameNameDoesNotReplaceASetting(String key) {
        settings.put(key, "mine");
        assertEquals("mine", context.resolvePropertyPlaceholders("{{" + key + "}}"));
    }
}
