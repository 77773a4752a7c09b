package dev.wayside.component;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.failure.UnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Copies a library and everything that it needs from Maven's repositories, by the user's own Maven and its settings. */
final class MavenResolver {
    /** The version that the build uses, too, so it is in the local repository of whoever has built Wayside. */
    static final String PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0";

    private static final String POM =
            """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
                <modelVersion>4.0.0</modelVersion>
                <groupId>dev.wayside</groupId>
                <artifactId>component</artifactId>
                <version>1</version>
                <packaging>pom</packaging>
                <dependencies>
                    <dependency>
                        <groupId>%s</groupId>
                        <artifactId>%s</artifactId>
                        <version>%s</version>
                        <exclusions>
                            <!-- Wayside's jcl-over-slf4j contains the same classes. -->
                            <exclusion><groupId>commons-logging</groupId><artifactId>commons-logging</artifactId></exclusion>
                        </exclusions>
                    </dependency>
                </dependencies>
            </project>
            """;

    private final String program;
    private final boolean offline;
    private final Consumer<String> output;

    /**
     * Prepares a run.
     *
     * @param program {@code mvn}, or its path
     * @param offline whether Maven may only use its local repository
     * @param output gets each line that Maven prints
     */
    MavenResolver(String program, boolean offline, Consumer<String> output) {
        this.program = program;
        this.offline = offline;
        this.output = output;
    }

    /**
     * Copies the libraries.
     *
     * @param library to copy with everything that it needs at run time
     * @param folder an existing folder, in which {@code repository} gets the layout of a Maven repository
     * @return the folder {@code repository}
     * @throws InvalidInputException if there is no Maven
     * @throws UnavailableException if Maven fails; the message has its first error, or its last line
     */
    Path copy(Library library, Path folder) throws IOException, InterruptedException {
        Path repository = folder.resolve("repository");
        Path pom = Files.writeString(
                folder.resolve("pom.xml"), POM.formatted(library.group(), library.artifact(), library.version()));
        List<String> command = new ArrayList<>(List.of(
                program,
                "--batch-mode",
                "-Dstyle.color=never",
                "-f",
                pom.toString(),
                PLUGIN + ":copy-dependencies",
                "-DincludeScope=runtime",
                "-Dmdep.useRepositoryLayout=true",
                "-DoutputDirectory=" + repository));
        if (offline) {
            command.add("--offline");
        }
        Path home = Path.of(System.getProperty("user.home"));
        String cache = System.getProperty("org.bytedeco.javacpp.cachedir");
        if (cache != null && !Files.isWritable(home)) {
            // As the launcher does for the build.
            command.add("-Dmaven.repo.local=" + Path.of(cache).resolveSibling("maven"));
        }
        run(command, library);
        return repository;
    }

    private void run(List<String> command, Library library) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process maven;
        try {
            maven = builder.start();
        } catch (IOException e) {
            throw new InvalidInputException(
                    "Maven is needed to add a component. Install it with: sudo apt-get install maven", e);
        }
        String error = null;
        String last = "none";
        try (BufferedReader lines = maven.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.accept(line);
                last = line.isBlank() ? last : line.strip();
                if (error == null && line.startsWith("[ERROR] ")) {
                    error = line.substring("[ERROR] ".length());
                }
            }
            int code = maven.waitFor();
            if (code != 0) {
                throw new UnavailableException("Maven cannot copy " + library + ": "
                        + (error == null ? "it ended with exit code " + code + "; its last words: " + last : error));
            }
        } finally {
            maven.destroy();
        }
    }
}
