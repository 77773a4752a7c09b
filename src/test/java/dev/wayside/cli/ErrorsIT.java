package dev.wayside.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.journal.Journal;
import dev.wayside.servers.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Java's own errors in the JVM of a command: an explanation, no stack trace, and an exit code other than 0. */
class ErrorsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    @TempDir
    Path directory;

    /** In the main thread, in threads that open parts, and while the error message itself is built. */
    @ParameterizedTest
    @CsvSource({
        "run, camel-main-",
        "run, artemis-server-",
        "run, api-",
        "run, sqlite-jdbc-",
        "run, logback-classic-",
        "journal, jul-to-slf4j-",
        "replay --sink mqtt --cancel, jul-to-slf4j-",
        "dead-letters list, jul-to-slf4j-",
        "bench, camel-main-",
    })
    void aMissingLibraryIsExplained(String command, String library) throws Exception {
        Outcome outcome = run(directory, "C.UTF-8", without(library), command.split(" "));
        assertEquals(1, outcome.code(), outcome.printed());
        assertTrue(outcome.printed().contains("wayside: A part of Wayside is missing or damaged"), outcome.printed());
        assertFalse(outcome.printed().contains("\tat "), outcome.printed());
    }

    @Test
    void aFolderNameThatTheLocaleCannotEncodeIsExplained() throws Exception {
        Path folder = Files.createDirectory(directory.resolve("Süd"));
        Outcome outcome = run(folder, "C", without("nothing"), "run");
        assertEquals(2, outcome.code(), outcome.printed());
        assertEquals(1, outcome.printed().lines().count(), outcome.printed());
        assertTrue(
                outcome.printed().contains("Start Wayside with ./wayside or with LC_ALL=C.UTF-8"), outcome.printed());
    }

    @Test
    void tooLittleMemoryIsExplainedByTheLauncher() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of("wayside").toAbsolutePath().toString(), "run", "--set", "http.port=" + Programs.freePort());
        builder.environment().put("WAYSIDE_NO_BUILD", "1");
        builder.environment().put("WAYSIDE_JAVA_OPTS", "-Xmx12m -Xms12m");
        Outcome outcome = outcome(builder.directory(directory.toFile()));
        assertEquals(3, outcome.code(), outcome.printed());
        assertTrue(outcome.printed().contains("\nwayside: Out of memory. "), outcome.printed());
    }

    @Test
    void numbersHaveAsciiDigitsInEveryLanguage() throws Exception {
        try (Journal journal = new Journal(directory.resolve("data/journal.db"), 1L << 30, Duration.ofDays(7))) {
            journal.start();
            journal.register("mqtt", "newest");
        }
        List<String> flags = List.of("-Duser.language=ar", "-Duser.country=EG", "-cp", without("nothing"));
        Outcome outcome = run(directory, "C.UTF-8", flags, "journal");
        assertEquals(0, outcome.code(), outcome.printed());
        assertTrue(outcome.printed().contains(" MB, 0 events"), outcome.printed());
        assertTrue(outcome.printed().chars().noneMatch(each -> each > 127), outcome.printed());
    }

    private record Outcome(int code, String printed) {}

    private static String without(String library) throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("target/lib"))) {
            return Stream.concat(Stream.of(Path.of("target/classes")), jars)
                    .filter(jar -> !jar.getFileName().toString().startsWith(library))
                    .map(jar -> jar.toAbsolutePath().toString())
                    .collect(Collectors.joining(":"));
        }
    }

    private static Outcome run(Path folder, String locale, String classPath, String... arguments) throws Exception {
        return run(folder, locale, List.of("-cp", classPath), arguments);
    }

    private static Outcome run(Path folder, String locale, List<String> flags, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(flags);
        command.add("-Dwayside.home=" + Path.of("").toAbsolutePath());
        command.add(Wayside.class.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", locale);
        builder.environment().put("WAYSIDE_HTTP_PORT", String.valueOf(Programs.freePort()));
        return outcome(builder.directory(folder.toFile()));
    }

    private static Outcome outcome(ProcessBuilder builder) throws Exception {
        Path printed = Files.createTempFile(builder.directory().toPath(), "printed", "");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        String output = Files.readString(printed);
        assertTrue(ended, () -> "it runs although it must not: " + output);
        return new Outcome(process.exitValue(), output);
    }
}
