package dev.wayside.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.servers.Programs;
import dev.wayside.servers.WaysideCopy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clone by a Git that is configured to write Windows line endings. */
class CloneIT {
    private static final List<String> GIT = List.of("git", "-c", "user.name=test", "-c", "user.email=test@localhost");

    @TempDir
    Path directory;

    @Test
    void scriptsHaveUnixLineEndingsWhateverGitIsConfiguredToDo() throws Exception {
        Programs.require("git", "git");
        Path origin = WaysideCopy.sources(directory.resolve("origin"));
        Files.copy(Path.of(".gitattributes"), origin.resolve(".gitattributes"));
        git(origin, "init", "-q");
        git(origin, "add", "-A");
        git(origin, "commit", "-q", "-m", "all");
        git(directory, "clone", "-q", "-c", "core.autocrlf=true", "origin", "clone");
        Path clone = directory.resolve("clone");
        for (String text : List.of("wayside", "pom.xml", "routes/mqtt.yaml", ".mvn/jvm.config")) {
            assertFalse(Files.readString(clone.resolve(text)).contains("\r"), text);
        }
        for (String binary : List.of("models/ssdlite-mobilenet-v2-coco/model.tflite", "samples/street.mp4")) {
            assertArrayEquals(Files.readAllBytes(Path.of(binary)), Files.readAllBytes(clone.resolve(binary)), binary);
        }
        assertTrue(Files.isExecutable(clone.resolve("wayside")));
    }

    private static void git(Path folder, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(GIT);
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), printed);
    }
}
