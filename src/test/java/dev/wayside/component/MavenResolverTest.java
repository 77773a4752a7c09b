package dev.wayside.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.failure.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens if Maven fails or conflicts appear; scripts play Maven. {@code ComponentIT} runs the real one. */
class MavenResolverTest {
    private static final Library KAFKA = Library.parse("org.apache.camel:camel-kafka:4.17.0");

    @TempDir
    Path directory;

    private final List<String> printed = new ArrayList<>();

    @Test
    void withoutMavenASentenceSaysHowToInstallIt() {
        InvalidInputException e = assertThrows(
                InvalidInputException.class,
                () -> add(directory.resolve("no-mvn").toString()));
        assertEquals("Maven is needed to add a component. Install it with: sudo apt-get install maven", e.getMessage());
        assertNothingIsLeft();
    }

    @Test
    void ifMavenFailsItsFirstErrorIsTheReasonAndNothingIsLeft() throws IOException {
        String mvn =
                script("echo '[INFO] Scanning'; echo '[ERROR] Could not find artifact x'; echo '[ERROR] more'; exit 1");
        UnavailableException e = assertThrows(UnavailableException.class, () -> add(mvn));
        assertEquals("Maven cannot copy " + KAFKA + ": Could not find artifact x", e.getMessage());
        assertTrue(printed.contains("[INFO] Scanning"), printed::toString);
        assertNothingIsLeft();
    }

    @Test
    void ifMavenNamesNoErrorItsLastWordsAreTheReason() throws IOException {
        String mvn = script("echo 'Error: JAVA_HOME is not defined'; echo; exit 3");
        UnavailableException e = assertThrows(UnavailableException.class, () -> add(mvn));
        assertEquals(
                "Maven cannot copy " + KAFKA
                        + ": it ended with exit code 3; its last words: Error: JAVA_HOME is not defined",
                e.getMessage());
    }

    @Test
    void aFolderOfTheUsersOwnIsLeftAlone() throws IOException {
        Path jar = Files.createFile(
                Files.createDirectories(directory.resolve("lib/kafka")).resolve("mine.jar"));
        InvalidInputException e = assertThrows(InvalidInputException.class, () -> add(copies(KAFKA)));
        assertEquals(
                directory.resolve("lib/kafka")
                        + " was not made by ./wayside component add, which would delete what is in"
                        + " it. Rename it or move it away.",
                e.getMessage());
        assertTrue(Files.exists(jar));
    }

    @Test
    void aConflictWithAnotherComponentIsRefusedWithBothAndNothingIsLeft() throws Exception {
        added(new OwnLibraries(List.of())).add("kafka", KAFKA, maven(copies(KAFKA, "x:lib:1.0")));
        Library nats = Library.parse("org.apache.camel:camel-nats:4.17.0");
        InvalidInputException e = assertThrows(InvalidInputException.class, () -> added(new OwnLibraries(List.of()))
                .add("nats", nats, maven(copies(nats, "x:lib:1.1"))));
        assertEquals(
                "nats needs x:lib:1.1, but the component kafka has x:lib:1.0. Only one of the two can be added: remove the"
                        + " other with ./wayside component remove kafka",
                e.getMessage());
        assertEquals(List.of("kafka"), folders());
    }

    @Test
    void anotherVersionOfAComponentReplacesIt() throws Exception {
        AddedComponents components = added(new OwnLibraries(List.of()));
        components.add("kafka", KAFKA, maven(copies(KAFKA, "x:lib:1.0")));
        Library newer = Library.parse("org.apache.camel:camel-kafka:4.18.0");
        components.add("kafka", newer, maven(copies(newer, "x:lib:2.0")));
        assertEquals("4.18.0", components.find("kafka").orElseThrow().version());
        assertFalse(Files.exists(directory.resolve("lib/kafka/x.lib-1.0.jar")));
        components.remove("kafka");
        assertNothingIsLeft();
    }

    @Test
    void whatAKilledProcessLeftIsDeleted() throws Exception {
        Files.createDirectories(directory.resolve("lib/.unfinished-999999999/kafka"));
        added(new OwnLibraries(List.of())).add("kafka", KAFKA, maven(copies(KAFKA)));
        assertEquals(List.of("kafka"), folders());
    }

    @Test
    void usesThePluginOfTheBuild() throws IOException {
        String version = MavenResolver.PLUGIN.replaceFirst(".*:", "");
        String pom = Files.readString(Path.of("pom.xml"));
        assertTrue(pom.contains("<dependency-plugin.version>" + version + "<"), version);
    }

    private void add(String mvn) throws Exception {
        added(new OwnLibraries(List.of())).add("kafka", KAFKA, maven(mvn));
    }

    private AddedComponents added(OwnLibraries own) {
        return new AddedComponents(directory.resolve("lib"), own);
    }

    private MavenResolver maven(String program) {
        return new MavenResolver(program, false, printed::add);
    }

    /** A Maven that copies these libraries, which are empty. */
    private String copies(Library component, String... others) throws IOException {
        StringBuilder script =
                new StringBuilder("for each; do case $each in -DoutputDirectory=*) to=${each#*=} ;; esac; done\n");
        List<String> all = new ArrayList<>(List.of(others));
        all.add(component.toString());
        for (String library : all) {
            String[] part = library.split(":");
            String folder = "$to/" + part[0].replace('.', '/') + "/" + part[1] + "/" + part[2];
            script.append("mkdir -p \"" + folder + "\"; : >\"" + folder + "/" + part[1] + "-" + part[2] + ".jar\"\n");
        }
        return script(script.toString());
    }

    private String script(String lines) throws IOException {
        Path program = Files.writeString(directory.resolve("mvn"), "#!/bin/sh\n" + lines);
        assertTrue(program.toFile().setExecutable(true));
        return program.toString();
    }

    private List<String> folders() throws IOException {
        try (var files = Files.list(directory.resolve("lib"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void assertNothingIsLeft() {
        Path lib = directory.resolve("lib");
        assertEquals(0, lib.toFile().list().length);
    }
}
