package dev.wayside.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The launcher in a folder of the test's own, with a {@code java} and a {@code mvn} that only say what they were given. Its
 * environment has nothing but what the test puts there.
 */
final class LauncherCopy {
    /** What a program of the test's own does when it is to run until it is told to end: with a child, as Maven may. */
    private static final String ENDLESS = "sleep 600 & echo $! >\"$PIDS\"; echo $$ >>\"$PIDS\"; wait\n";

    private final Path folder;
    private final Path programs;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private List<String> asUser = List.of();

    /**
     * Copies the launcher.
     *
     * @param folder where Wayside is; made, and anything may be in its name
     * @param programs for the programs of the test's own, first in the path
     */
    LauncherCopy(Path folder, Path programs) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.programs = Files.createDirectories(programs);
        Files.copy(Path.of("wayside"), folder.resolve("wayside"));
        Files.createFile(Files.createDirectory(folder.resolve("target")).resolve("wayside.jar"));
        setting("PATH", programs + ":" + System.getenv("PATH"));
        setting("PIDS", programs.resolve("pids").toString());
        setting("WAYSIDE_NO_BUILD", "1");
        java(Path.of("/nowhere"), "for each; do echo \"[$each]\"; done; env\n");
    }

    /** Has the JVM be this script, with {@code $@} for its command line. */
    LauncherCopy java(Path homeDirectory, String script) throws IOException {
        program(
                "java",
                """
                case $1 in -XshowSettings*)
                    echo "    java.specification.version = 17"
                    echo "    java.vm.version = 17.0.1+1"
                    echo "    user.home = %s"
                    exit 0 ;;
                esac
                """
                                .formatted(homeDirectory)
                        + script);
        return setting("JAVA_HOME", programs.resolve("jdk").toString());
    }

    /** As {@link #java}, with a JVM that prepares for ever. */
    LauncherCopy javaThatPreparesForEver() throws IOException {
        return java(
                Path.of("/nowhere"),
                "for each; do case $each in -XX:ArchiveClassesAtExit=*) echo >\"${each#*=}\";; esac; done\n" + ENDLESS);
    }

    /** Has a build be needed, by a Maven that builds for ever. */
    LauncherCopy mavenThatBuildsForEver() throws IOException {
        Files.createFile(folder.resolve("pom.xml"));
        Files.delete(jar());
        return program("mvn", ENDLESS);
    }

    private LauncherCopy program(String name, String script) throws IOException {
        Path bin = Files.createDirectories(programs.resolve("jdk/bin"));
        for (Path file : List.of(programs.resolve(name), bin.resolve(name), bin.resolve("javac"))) {
            Files.writeString(file, "#!/bin/sh\n" + script);
            assertTrue(file.toFile().setExecutable(true, false));
        }
        return this;
    }

    LauncherCopy setting(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Has it run by somebody without rights, to whom it belongs, where the test has the rights to do that. */
    LauncherCopy asUser(String... command) {
        asUser = List.of(command);
        return this;
    }

    Path folder() {
        return folder;
    }

    Path jar() {
        return folder.resolve("target/wayside.jar");
    }

    /** The processes that the programs of the test's own have started and are. */
    List<Long> pids() {
        try {
            Path file = programs.resolve("pids");
            return Files.exists(file)
                    ? Files.readAllLines(file).stream().map(Long::valueOf).toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Process start(String... arguments) throws IOException {
        // A shell ignores SIGINT and SIGHUP for what it starts in the background, and a program inherits that.
        List<String> command = new ArrayList<>(List.of("/usr/bin/env", "--default-signal=INT,HUP"));
        command.addAll(asUser);
        command.add(folder.resolve("wayside").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Starts it and waits for its end. */
    Outcome launch(String... arguments) throws Exception {
        Process process = start(arguments);
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), printed);
    }

    /** A folder that this user alone may enter. */
    static Path privateFolder(Path folder) throws IOException {
        return Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    static void makeOld(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(7200)));
    }

    /** How it ended. */
    record Outcome(int code, String printed) {
        /** The value of a system property that the JVM was given. */
        String property(String name) {
            return printed.lines()
                    .filter(line -> line.startsWith("[-D" + name + "="))
                    .map(line -> line.substring(line.indexOf('=') + 1, line.length() - 1))
                    .findFirst()
                    .orElse("none, but:\n" + printed);
        }
    }
}
