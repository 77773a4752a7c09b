package dev.wayside.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.failure.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which libraries of a component Wayside already has, and which ones conflict. */
class OwnLibrariesTest {
    private static final Library COMPONENT = Library.parse("org.apache.camel:camel-x:4.17.0");

    @Test
    void theBuildListsTheLibraries() {
        OwnLibraries own = OwnLibraries.read();
        assertTrue(own.has(own.camelOfThisVersion("camel-http")));
        List<Library> missing = own.without(
                COMPONENT, List.of(COMPONENT, own.camelOfThisVersion("camel-util"), Library.parse("a:b:1")));
        assertEquals(List.of(COMPONENT, Library.parse("a:b:1")), missing);
    }

    @ParameterizedTest
    @CsvSource({
        "2.0.20, 2.0.17, true",
        "2.0.17, 2.0.20, true",
        "4.1.128.Final, 4.1.130.Final, true",
        "1.20.0, 1.17.1, true",
        "1.17.1, 1.20.0, false",
        "2.9, 2.10, false",
        "3.0.0, 2.19.4, false",
        "13.0, 13.0, true",
        "13, 13.1, false",
        "33.4.0-jre, 33.4.8-jre, true",
        "r09, r10, false"
    })
    void anotherVersionServesIfTheMajorNumberIsTheSameAndTheMinorNotLower(
            String used, String needed, boolean compatible) {
        OwnLibraries own = new OwnLibraries(List.of(Library.parse("g:a:" + used)));
        List<Library> libraries = List.of(COMPONENT, Library.parse("g:a:" + needed));
        if (compatible) {
            assertEquals(List.of(COMPONENT), own.without(COMPONENT, libraries));
        } else {
            InvalidInputException e =
                    assertThrows(InvalidInputException.class, () -> own.without(COMPONENT, libraries));
            assertTrue(e.getMessage().contains("camel-x needs g:a:" + needed), e.getMessage());
            assertTrue(e.getMessage().contains("Wayside uses g:a:" + used), e.getMessage());
        }
    }

    @Test
    void aLibraryOfAnotherGroupOrForAnotherProcessorIsAnotherLibrary() {
        OwnLibraries own = new OwnLibraries(List.of(Library.parse("tools.jackson.core:jackson-core:3.0.0")));
        Library other = Library.parse("com.fasterxml.jackson.core:jackson-core:2.19.4");
        Library arm = Library.parse("tools.jackson.core:jackson-core:2.0.0:linux-arm64");
        assertEquals(List.of(other, arm), own.without(COMPONENT, List.of(other, arm)));
    }

    @ParameterizedTest
    @CsvSource({
        "'   org.slf4j:slf4j-api:jar:2.0.20:compile -- module org.slf4j', org.slf4j:slf4j-api:2.0.20",
        "'   org.bytedeco:javacpp:jar:linux-arm64:1.5.14:compile', org.bytedeco:javacpp:1.5.14:linux-arm64",
        "'   org.slf4j:slf4j-api:jar:2.0.20:runtime', org.slf4j:slf4j-api:2.0.20"
    })
    void readsWhatMavenLists(String line, String library) {
        assertEquals(Optional.of(Library.parse(library)), Library.listed(line));
        assertEquals(Optional.empty(), Library.listed("The following files have been resolved:"));
    }

    @ParameterizedTest
    @CsvSource({
        "org/apache/kafka/kafka-clients/3.9.1/kafka-clients-3.9.1.jar, org.apache.kafka:kafka-clients:3.9.1",
        "io/netty/netty-x/4.1/netty-x-4.1-linux-x86_64.jar, io.netty:netty-x:4.1:linux-x86_64"
    })
    void readsTheLayoutOfARepository(String file, String library) {
        assertEquals(Library.parse(library), Library.inRepository(Path.of(file)));
        assertEquals(library, Library.parse(library).toString());
    }
}
