package dev.wayside.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wayside.validation.EndpointCheck.Role;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Endpoints of components that Wayside does not bring; here, all of Camel's catalog is installed. */
class EndpointCheckTest {
    private static final Path FILE = Path.of("a.yaml");

    private static final ComponentCatalog EVERYTHING = new ComponentCatalog(new ClassLoader(null) {
        @Override
        public URL getResource(String name) {
            try {
                return name.matches(".*\\d") ? null : new URL("file:" + name);
            } catch (MalformedURLException e) {
                throw new AssertionError(e);
            }
        }
    });

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // A default, or a value that the component has.
                "TO   | azure-servicebus:orders",
                "FROM | stomp:queue:orders",
                "FROM | jpa:org.example.Order",
                "TO   | aws2-translate:text",
                "TO   | telegram:bots",
                "TO   | google-bigquery",
                // A text may begin with a hash.
                "TO   | slack:%23general?username=%23me",
                "TO   | {uri: slack, parameters: {channel: '#general'}}",
                // Camel converts durations.
                "TO   | kafka:events?maxBlockMs=5s&lingerMs=100",
                "POLL | rss:http://example.org",
                "POLL | kafka:events",
                "FROM | kafka2:events",
            })
    void whatCamelAcceptsHasNoMistake(Role role, String endpoint) throws MistakeException {
        assertEquals(List.of(), check(role, endpoint));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TO   | rss:http://example.org | the component rss can only be used in 'from:', not in a step",
                "FROM | aws2-translate:text | the component aws2-translate can only be used in a step, not in 'from:'",
                "POLL | slack:x?usrname=me | the parameter usrname is unknown here. Did you mean username?",
                "TO   | kafka:events?lingerMs=often | the value of lingerMs is invalid; it must be a whole number",
                "TO   | kafka | the component kafka also needs topic",
                "FROM | kafka3:events | Camel has no component 'kafka3'. Did you mean kafka?",
            })
    void aMistakeIsNamed(Role role, String endpoint, String reason) throws MistakeException {
        assertEquals(List.of(reason), check(role, endpoint));
    }

    private List<String> check(Role role, String endpoint) throws MistakeException {
        YamlNode node = YamlNode.read(FILE, endpoint).orElseThrow();
        YamlNode uri = node.get("uri").orElse(node);
        Mistakes mistakes = new Mistakes(FILE);
        Placeholders placeholders = new Placeholders(Map.of(), Set.of());
        new EndpointCheck(
                        EVERYTHING,
                        new Kamelets(Path.of("kamelets")),
                        new ProgramPolicy(List.of()),
                        new BeanCheck(Set.of("kafka2"), placeholders, mistakes),
                        mistakes)
                .check(uri, uri.text(), Optional.of(node).flatMap(each -> each.get("parameters")), role, text -> text);
        return mistakes.found().stream().map(Mistake::reason).toList();
    }
}
