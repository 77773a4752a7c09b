package dev.wayside.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.failure.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.tooling.model.ArtifactModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code camel-components.txt} and the names that it allows. */
class ComponentNamesTest {
    private static final Path LIST = Path.of("src/main/resources/camel-components.txt");

    /** After an update of Camel: {@code mvn -q test -Dtest=ComponentNamesTest -Dwayside.write-docs=true}. */
    @Test
    void theListIsThatOfCamelsCatalog() throws IOException {
        CamelCatalog catalog = new DefaultCamelCatalog();
        Map<String, String> artifacts = new TreeMap<>();
        // If a language or a data format has the name of a component, the name means the component.
        add(artifacts, catalog.findLanguageNames(), catalog::languageModel);
        add(artifacts, catalog.findDataFormatNames(), catalog::dataFormatModel);
        add(artifacts, catalog.findComponentNames(), catalog::componentModel);
        StringBuilder list = new StringBuilder();
        artifacts.forEach((name, artifact) ->
                list.append(name).append(' ').append(artifact).append('\n'));
        if (Boolean.getBoolean("wayside.write-docs")) {
            Files.writeString(LIST, list);
        }
        assertEquals(list.toString(), Files.readString(LIST));
    }

    private static void add(
            Map<String, String> artifacts, Iterable<String> names, Function<String, ArtifactModel<?>> model) {
        for (String name : names) {
            ArtifactModel<?> found = model.apply(name);
            if (found.getGroupId().equals("org.apache.camel")) {
                artifacts.put(name, found.getArtifactId());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "kafka, camel-kafka, kafka",
        "camel-kafka, camel-kafka, kafka",
        "aws2-s3, camel-aws2-s3, aws2-s3",
        "https, camel-http, http",
        "jsonpath, camel-jsonpath, jsonpath",
        "jacksonXml, camel-jacksonxml, jacksonxml"
    })
    void aComponentHasTheNameOfItsUriOrOfItsLibrary(String name, String artifact, String folder) {
        assertEquals(artifact, ComponentNames.read().artifact(name));
        assertEquals(folder, ComponentNames.read().folder(name));
    }

    @ParameterizedTest
    @CsvSource({
        "kafak, Did you mean kafka?",
        "aws-s3, Did you mean aws2-s3?",
        "camel-kafk, Did you mean camel-kafka?",
        "somethingelse, Camel has no component 'somethingelse'.",
        "../evil, Camel has no component '../evil'"
    })
    void anUnknownNameIsRefusedWithTheNearest(String name, String words) {
        InvalidInputException e = assertThrows(
                InvalidInputException.class, () -> ComponentNames.read().artifact(name));
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }
}
