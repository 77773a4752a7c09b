package dev.wayside.assembly;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Another Camel application in its own JVM: only Camel's {@code Main} and Wayside's jar. */
final class CamelProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Path log;
    private final Process process;

    /**
     * Starts it.
     *
     * @param directory the working directory, on the class path too: {@code application.properties} is there
     */
    CamelProcess(Path directory) throws IOException {
        log = Files.createTempFile("camel", ".log");
        String jar = Path.of("target", "wayside.jar").toAbsolutePath().toString();
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        directory + ":" + jar,
                        "org.apache.camel.main.Main")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Its output so far. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it as a supervisor does, and waits until it has ended. */
    void stop() {
        process.destroy();
        awaitEnd();
    }

    /** Waits until it has ended by itself. */
    void awaitEnd() {
        await().alias("Camel ends: " + log).atMost(PATIENCE).until(() -> !process.isAlive());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        try {
            Files.delete(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
