package dev.wayside.journal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files at any moment contain every event accepted before it, and open without a warning. */
class PowerCutIT {
    private static final int CUTS = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final Set<String> accepted = ConcurrentHashMap.newKeySet();

    @Test
    void aCopyOfTheFilesAtAnyMomentHasAllEventsAcceptedBefore() throws Exception {
        Path file = directory.resolve("journal.db");
        Random random = new Random(7);
        Process child = startAppending(file);
        try {
            await().atMost(PATIENCE).until(() -> accepted.size() > 100);
            for (int cut = 0; cut < CUTS; cut++) {
                int before = accepted.size();
                await().atMost(PATIENCE).until(() -> accepted.size() > before + random.nextInt(1500));
                Path copy = Files.createDirectory(directory.resolve("cut-" + cut));
                Set<String> obligations = freezeAndCopy(child, file, copy);
                assertOpensWithAll(copy.resolve("journal.db"), obligations);
            }
        } finally {
            child.destroyForcibly().onExit().join();
        }
    }

    /** All events accepted before the freeze must be in the copy, whatever the frozen process was doing. */
    private Set<String> freezeAndCopy(Process child, Path file, Path copy) throws Exception {
        Set<String> obligations = new HashSet<>(accepted);
        signal("-STOP", child);
        try {
            for (String name : List.of("journal.db", "journal.db-wal")) {
                Files.copy(file.resolveSibling(name), copy.resolve(name));
            }
        } catch (NoSuchFileException e) {
            assertTrue(e.getFile().endsWith("-wal"), e.getFile());
        } finally {
            signal("-CONT", child);
        }
        return obligations;
    }

    private static void assertOpensWithAll(Path copy, Set<String> obligations) throws Exception {
        try (Journal journal = new Journal(copy, 1L << 30, Duration.ofDays(7))) {
            journal.start();
            assertEquals(null, journal.status().get("reason"));
            Set<String> kept = new HashSet<>(Sql.rows(journal, "select event_id from event"));
            obligations.removeAll(kept);
            assertEquals(Set.of(), obligations, "accepted and not there");
            assertEquals(List.of("ok"), Sql.rows(journal, "pragma integrity_check"));
        }
    }

    private Process startAppending(Path file) throws IOException {
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendForever.class.getName(),
                        file.toString())
                .redirectError(directory.resolve("child.log").toFile())
                .start();
        Thread reader = new Thread(() -> read(child), "accepted");
        reader.setDaemon(true);
        reader.start();
        return child;
    }

    private void read(Process child) {
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("accepted ")) {
                    accepted.add(line.substring("accepted ".length()));
                }
            }
        } catch (IOException e) {
            // The stream closes when the process is killed; the test checks the ids read so far.
            assertTrue(!child.isAlive(), e.getMessage());
        }
    }

    private static void signal(String signal, Process child) throws Exception {
        Process kill = new ProcessBuilder("kill", signal, String.valueOf(child.pid())).start();
        assertTrue(kill.waitFor(5, TimeUnit.SECONDS) && kill.exitValue() == 0, "kill " + signal);
    }
}
