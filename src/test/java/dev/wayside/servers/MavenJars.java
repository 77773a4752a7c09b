package dev.wayside.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The jars of servers that must not be on the class path of the tests. Maven copies them before their first use. */
final class MavenJars {
    private MavenJars() {}

    /**
     * The folder with the jars of {@code src/test/<name>/pom.xml}. If Maven cannot copy them, the test is skipped with
     * Maven's message; where {@code CI=true}, it fails.
     */
    static synchronized Path copied(String name) {
        Path jars = Path.of("target", name).toAbsolutePath();
        // Made last, so that it exists only if all jars do.
        Path complete = jars.resolve("complete");
        if (!Files.exists(complete)) {
            try {
                copy(name, jars);
                Files.createFile(complete);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return jars;
    }

    private static void copy(String name, Path jars) throws IOException {
        Process maven = new ProcessBuilder(
                        Programs.require("mvn", "maven").toString(),
                        "-B",
                        "-q",
                        "-ntp",
                        "-f",
                        "src/test/" + name + "/pom.xml",
                        "dependency:copy-dependencies",
                        "-DincludeScope=runtime",
                        "-DoutputDirectory=" + jars)
                .redirectErrorStream(true)
                .start();
        String printed = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (maven.onExit().join().exitValue() != 0) {
            Programs.missing("Maven cannot copy the jars of " + name + ": " + printed);
        }
    }
}
