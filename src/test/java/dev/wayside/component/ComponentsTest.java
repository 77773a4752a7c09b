package dev.wayside.component;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Components that were added to an older version of Wayside. */
class ComponentsTest {
    private static final String CURRENT =
            OwnLibraries.read().camelOfThisVersion("camel-kafka").version();

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource({
        "camel-kafka, current, org.apache.kafka:kafka-clients:1, ''",
        "camel-kafka, 4.9.0, org.apache.kafka:kafka-clients:1, ./wayside component add kafka",
        // What it brings is now part of Wayside, in whatever version.
        "camel-kafka, current, org.slf4j:slf4j-api:1, ./wayside component add kafka",
        "camel-http, 4.9.0, a:b:1, ./wayside component remove kafka",
    })
    void whatIsOfAnotherVersionOfWaysideHasARemedy(String artifact, String version, String other, String remedy)
            throws IOException {
        Files.write(
                Files.createDirectories(home.resolve("lib/kafka")).resolve("libraries"),
                List.of("org.apache.camel:" + artifact + ":" + version.replace("current", CURRENT), other));
        assertEquals(
                List.of(remedy),
                new Components(home)
                        .list().stream().map(Components.Added::remedy).toList());
    }

    @Test
    void otherFoldersAreNotComponents() throws IOException {
        Files.createFile(Files.createDirectories(home.resolve("lib/mine")).resolve("libraries"));
        Files.writeString(Files.createDirectories(home.resolve("lib/notes")).resolve("libraries"), "my own\n");
        Files.createDirectories(home.resolve("lib/empty"));
        assertEquals(List.of(), new Components(home).list());
    }
}
