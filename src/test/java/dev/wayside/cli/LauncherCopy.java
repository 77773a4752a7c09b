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
 * A copy of the launcher in a temporary folder, with a fake {@code java} and {@code mvn} that only print their arguments. Its
 * environment has only the variables that the test sets.
 */
final class LauncherCopy {
    /** A fake program that runs until it is terminated, with a child process, as Maven can have. */
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

    /** Replaces the JVM by this script, whose {@code $@} is the command line. */
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

    /** As {@link #java}, with a JVM whose preparation never ends. */
    LauncherCopy javaThatPreparesForEver() throws IOException {
        return java(
                Path.of("/nowhere"),
                "for each; do case $each in -XX:ArchiveClassesAtExit=*) echo >\"${each#*=}\";; esac; done\n" + ENDLESS);
    }

    /** A JVM that never says which version it is. */
    LauncherCopy javaThatNeverAnswers() throws IOException {
        program("java", ENDLESS);
        return setting("JAVA_HOME", programs.resolve("jdk").toString());
    }

    /** Makes a build necessary, with a Maven whose build never ends. */
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

    /** Lets an unprivileged user own and run the copy, if the test has permission to do that. */
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

    /** The processes of the fake programs and their children. */
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

    /** Starts the launcher and waits until it ends. */
    Outcome launch(String... arguments) throws Exception {
        Process process = start(arguments);
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), printed);
    }

    /** A folder that only this user can enter. */
    static Path privateFolder(Path folder) throws IOException {
        return Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    static void makeOld(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(7200)));
    }

    /** The result of a run. */
    record Outcome(int code, String printed) {
        /** The value of a system property of the JVM. */
        String property(String name) {
            return printed.lines()
                    .filter(line -> line.startsWith("[-D" + name + "="))
                    .map(line -> line.substring(line.indexOf('=') + 1, line.length() - 1))
                    .findFirst()
                    .orElse("none, but:\n" + printed);
        }
    }
}
