package dev.wayside.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a signal ends the launcher before the JVM has taken over; see {@link LauncherCopy}. */
class LauncherSignalsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private LauncherCopy launcher;

    @BeforeEach
    void copyTheLauncher() throws IOException {
        launcher = new LauncherCopy(directory.resolve("wayside"), directory.resolve("programs"));
        launcher.setting("HOME", directory.toString());
    }

    @ParameterizedTest
    @CsvSource({"TERM, run, 0", "INT, run, 0", "HUP, run, 0", "TERM, bench, 143", "INT, bench, 130"})
    void aSignalDuringThePreparationEndsItAndCleansUp(String signal, String command, int code) throws Exception {
        launcher.javaThatPreparesForEver();
        Process process = launcher.start(command);
        send(signal, process);
        assertEnded(process, code);
        try (Stream<Path> files = Files.list(launcher.jar().getParent())) {
            assertEquals(
                    List.of("prepare.log", "wayside.jar"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void aSignalDuringTheBuildEndsMavenToo() throws Exception {
        launcher.mavenThatBuildsForEver();
        Process process = launcher.start("run");
        send("TERM", process);
        assertEnded(process, 0);
    }

    /** The shell itself waits for the program that it runs; Ctrl-C reaches that program too. */
    @ParameterizedTest
    @CsvSource({"TERM, run, 0", "INT, run, 0", "HUP, run, 0", "TERM, journal, 143", "INT, journal, 130"})
    void aSignalWhileTheLauncherLooksForJavaEndsIt(String signal, String command, int code) throws Exception {
        launcher.javaThatNeverAnswers();
        Process process = launcher.start(command);
        send(signal, process);
        launcher.pids().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy));
        assertEnded(process, code);
    }

    /** When both fake programs run. */
    private void send(String signal, Process process) throws Exception {
        await().atMost(PATIENCE).until(() -> launcher.pids().size() == 2);
        new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    private void assertEnded(Process process, int code) throws Exception {
        assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(code, process.exitValue(), printed);
        assertTrue(printed.endsWith("wayside: stopped before the start was complete.\n"), printed);
        await().atMost(PATIENCE).until(() -> launcher.pids().stream()
                .noneMatch(pid -> ProcessHandle.of(pid).isPresent()));
    }
}
