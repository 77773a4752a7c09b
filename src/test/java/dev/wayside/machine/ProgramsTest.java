package dev.wayside.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void theFirstNameWinsWhereverItIs() throws IOException {
        Path first = Files.createDirectory(folder.resolve("first"));
        Path second = Files.createDirectory(folder.resolve("second"));
        Path old = program(first.resolve("old"), "");
        Path current = program(second.resolve("current"), "");
        String path = first + ":" + second;
        assertEquals(Optional.of(current), Programs.find(path, List.of("current", "old")));
        assertEquals(Optional.of(old), Programs.find(path, List.of("missing", "old")));
        assertEquals(Optional.empty(), Programs.find(path, List.of("missing")));
    }

    @Test
    void onlyAnExecutableFileInAnAbsoluteFolderIsAProgram() throws IOException {
        Files.createDirectory(folder.resolve("directory"));
        Files.writeString(folder.resolve("text"), "");
        assertEquals(Optional.empty(), Programs.find(folder.toString(), List.of("directory", "text")));
        assertEquals(Optional.empty(), Programs.find("::.:src:/no\0where", List.of("sh")));
    }

    @Test
    void theOutputIsThatOfASuccess() throws Exception {
        String good =
                program(folder.resolve("good"), "echo hello; echo noise >&2").toString();
        String bad = program(folder.resolve("bad"), "echo hello; exit 3").toString();
        assertEquals(Optional.of("hello"), Programs.output(LONG, good));
        assertEquals(Optional.empty(), Programs.output(LONG, bad));
        assertEquals(Optional.empty(), Programs.output(LONG, folder + "/missing"));
    }

    @Test
    void aProgramThatTakesTooLongIsEnded() throws Exception {
        Path pid = folder.resolve("pid");
        String slow = program(folder.resolve("slow"), "echo $$ >" + pid + "; exec sleep 600")
                .toString();
        assertEquals(Optional.empty(), Programs.output(Duration.ofSeconds(2), slow));
        assertTrue(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                .map(process -> process.onExit().join())
                .filter(ProcessHandle::isAlive)
                .isEmpty());
    }

    private static Path program(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertTrue(file.toFile().setExecutable(true));
        return file;
    }
}
