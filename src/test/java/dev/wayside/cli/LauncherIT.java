package dev.wayside.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher's messages on systems that cannot run Wayside, which fake programs emulate. */
class LauncherIT {
    @TempDir
    Path programs;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "uname;[ $1 = -m ] && echo armv7l || echo Linux;this machine is armv7l",
                "uname;echo Darwin;this is Darwin",
                "getconf;echo 32;the kernel is 64-bit but the programs are 32-bit",
                "getconf;[ $1 = LONG_BIT ] && echo 64;this system has no glibc (Alpine and others with musl)",
                "getconf;[ $1 = LONG_BIT ] && echo 64 || echo glibc 2.31;glibc 2.31 is too old, 2.35 is needed",
            })
    void saysWhyThisSystemCannotRunIt(String program, String script, String sentence) throws Exception {
        answer(program, script);
        Outcome outcome = launch(Path.of("wayside"), Map.of(), "--version");
        assertEquals(1, outcome.code());
        assertTrue(outcome.printed().contains(sentence), outcome.printed());
    }

    @Test
    void skipsAnOldJavaIfThereIsANewerOne() throws Exception {
        Path old = Files.createDirectories(programs.resolve("old/bin"));
        write(old.resolve("java"), "echo '    java.specification.version = 11' >&2");
        Outcome outcome = launch(
                Path.of("wayside"), Map.of("JAVA_HOME", programs.resolve("old").toString()), "--version");
        assertEquals(0, outcome.code(), outcome.printed());
        assertTrue(outcome.printed().startsWith("wayside "), outcome.printed());
    }

    @ParameterizedTest
    @CsvSource({
        "-XX:+NoSuchFlag, Unrecognized VM option 'NoSuchFlag'",
        "-XX:+UseG1GC, Multiple garbage collectors selected",
        "Xmx256m, Could not find or load main class Xmx256m",
    })
    void aWrongFlagForTheJvmIsTracedToItsVariable(String flags, String reason) throws Exception {
        Outcome outcome = launch(Path.of("wayside"), Map.of("WAYSIDE_JAVA_OPTS", flags), "--version");
        assertEquals(1, outcome.code(), outcome.printed());
        assertTrue(
                outcome.printed()
                        .startsWith(
                                "wayside: Java does not start with the flags in WAYSIDE_JAVA_OPTS: correct or remove them."),
                outcome.printed());
        assertTrue(outcome.printed().contains(reason), outcome.printed());
    }

    /** An agent that waits for a debugger would make the check wait, too. */
    @Test
    void anAgentIsStartedOnlyOnce() throws Exception {
        String agent = "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0";
        Outcome outcome = launch(Path.of("wayside"), Map.of("WAYSIDE_JAVA_OPTS", agent), "--version");
        assertEquals(0, outcome.code(), outcome.printed());
        assertEquals(
                1,
                outcome.printed()
                        .lines()
                        .filter(line -> line.contains("dt_socket"))
                        .count());
    }

    @Test
    void reportsThatThereIsNothingToRunAndNothingToBuild() throws Exception {
        Path alone = Files.copy(Path.of("wayside"), programs.resolve("wayside"));
        Outcome outcome = launch(alone, Map.of(), "run");
        assertEquals(1, outcome.code());
        assertTrue(outcome.printed().contains("no pom.xml to build it from"), outcome.printed());
    }

    @Test
    void runsThroughALinkFromAnywhere() throws Exception {
        Path link = Files.createSymbolicLink(
                programs.resolve("link"), Path.of("wayside").toAbsolutePath());
        Outcome outcome = launch(link, Map.of(), "--version");
        assertEquals(0, outcome.code(), outcome.printed());
    }

    private record Outcome(int code, String printed) {}

    private void answer(String program, String script) throws IOException {
        write(programs.resolve(program), script);
    }

    private static void write(Path program, String script) throws IOException {
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        assertTrue(program.toFile().setExecutable(true));
    }

    private Outcome launch(Path launcher, Map<String, String> environment, String argument) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(launcher.toAbsolutePath().toString(), argument)
                .directory(programs.toFile())
                .redirectErrorStream(true);
        builder.environment().merge("PATH", programs.toString(), (path, first) -> first + ":" + path);
        builder.environment().put("WAYSIDE_NO_BUILD", "1");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), printed);
    }
}
