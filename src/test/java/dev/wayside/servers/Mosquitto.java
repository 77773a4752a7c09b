package dev.wayside.servers;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A real Mosquitto with a configuration of the test's own. */
public final class Mosquitto implements Server {
    private final Path directory;
    private final int port = Programs.freePort();
    private final List<String> lines = new ArrayList<>();
    private Process process;

    /**
     * Prepares a broker; {@link #start()} starts it.
     *
     * @param directory for its configuration and log
     * @param lines of {@code mosquitto.conf}, after the listener's
     */
    public Mosquitto(Path directory, String... lines) {
        this.directory = directory;
        this.lines.add("listener " + port + " 127.0.0.1");
        this.lines.addAll(List.of(lines));
    }

    @Override
    public Mosquitto start() {
        Path program = Programs.require("mosquitto", "mosquitto");
        try {
            Path configuration = Files.write(directory.resolve("mosquitto.conf"), lines);
            process = new ProcessBuilder(program.toString(), "-c", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("mosquitto.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // When it could not have its port it has ended, and whoever answers there is somebody else.
        await().alias("mosquitto listens: " + directory)
                .atMost(Duration.ofSeconds(60))
                .failFast("mosquitto ended: " + directory, () -> !process.isAlive())
                .until(() -> Programs.answers(port));
        return this;
    }

    @Override
    public int port() {
        return port;
    }

    public String url() {
        return "tcp://127.0.0.1:" + port;
    }

    @Override
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** In order; it writes down what it is to keep, and {@link #start()} starts it again. */
    public void stop() {
        Programs.end(process);
    }

    /** Stops it as a machine that hangs would: connections stay open, and nothing answers. */
    public void pause() {
        signal("STOP");
    }

    /** Lets it go on after {@link #pause()}. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            resume();
            stop();
        }
    }
}
