package dev.wayside.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names stay the same: the key {@code max-message-size} is {@code maxMessageSize} in the kamelet and in Java. */
class ParameterNamesTest {
    private static final Pattern KEY = Pattern.compile("\\{\\{[a-z.-]*\\.([a-z-]+)}}");
    private static final Pattern PARAMETER = Pattern.compile("\\{\\{\\??([A-Za-z]+)}}");

    @ParameterizedTest
    @MethodSource("dev.wayside.yaml.YamlFiles#ownRoutes")
    void aParameterHasTheNameOfTheKeyThatItGets(Path file) throws IOException {
        for (JsonNode parameters : YamlFiles.read(file).findValues("parameters")) {
            parameters.properties().forEach(parameter -> {
                Matcher key = KEY.matcher(parameter.getValue().asText());
                if (key.matches()) {
                    assertEquals(camelCase(key.group(1)), parameter.getKey(), file + ": " + key.group());
                }
            });
        }
    }

    /** Or that name with {@code Seconds} appended, for a number of seconds. */
    @ParameterizedTest
    @MethodSource("dev.wayside.yaml.YamlFiles#kamelets")
    void aBeansPropertyHasTheNameOfTheParameterThatItGets(Path file) throws IOException {
        for (JsonNode bean : YamlFiles.read(file).at("/spec/template/beans")) {
            bean.path("properties").properties().forEach(property -> {
                Matcher parameter = PARAMETER.matcher(property.getValue().asText());
                if (parameter.matches()) {
                    String name = property.getKey();
                    assertTrue(
                            name.equals(parameter.group(1)) || name.equals(parameter.group(1) + "Seconds"),
                            file + ": " + name + " of " + parameter.group());
                }
            });
        }
    }

    private static String camelCase(String kebab) {
        return Pattern.compile("-(.)").matcher(kebab).replaceAll(match -> match.group(1)
                .toUpperCase());
    }
}
