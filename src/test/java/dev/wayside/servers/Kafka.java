package dev.wayside.servers;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A real Kafka broker with its own controller (KRaft), in a process of its own. */
public final class Kafka implements Server {
    private final Path jars = MavenJars.copied("kafka");
    private final Path directory;
    private final int port = Programs.freePort();
    private Process process;

    /**
     * Prepares a broker; {@link #start()} starts it.
     *
     * @param directory for its configuration, log and data
     */
    public Kafka(Path directory) {
        this.directory = directory;
        int controller = Programs.freePort();
        try {
            Files.writeString(
                    configuration(),
                    """
                    process.roles=broker,controller
                    node.id=1
                    controller.quorum.voters=1@127.0.0.1:%1$d
                    controller.listener.names=CONTROLLER
                    listeners=PLAINTEXT://127.0.0.1:%2$d,CONTROLLER://127.0.0.1:%1$d
                    log.dirs=%3$s
                    offsets.topic.num.partitions=1
                    offsets.topic.replication.factor=1
                    """
                            .formatted(controller, port, directory.resolve("data")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(
                "kafka.tools.StorageTool",
                "format",
                "-t",
                "AAAAAAAAAAAAAAAAAAAAAQ",
                "-c",
                configuration().toString());
    }

    @Override
    public Kafka start() {
        process = start(
                ProcessBuilder.Redirect.appendTo(directory.resolve("kafka.log").toFile()),
                "kafka.Kafka",
                configuration().toString());
        await().alias("Kafka listens: " + directory)
                .atMost(Duration.ofSeconds(120))
                .failFast("Kafka ended: " + directory, () -> !process.isAlive())
                .until(() -> Programs.answers(port));
        return this;
    }

    /** The first messages of a topic, by Kafka's own console consumer, which waits for them at most a minute. */
    public List<String> messages(String topic, int count) {
        return run(
                        "org.apache.kafka.tools.consumer.ConsoleConsumer",
                        "--bootstrap-server",
                        address(),
                        "--topic",
                        topic,
                        "--from-beginning",
                        "--max-messages",
                        String.valueOf(count),
                        "--timeout-ms",
                        "60000")
                .lines()
                .toList();
    }

    /** For {@code brokers}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    private Path configuration() {
        return directory.resolve("server.properties");
    }

    /** What a tool printed to its standard output; fails if the tool does. */
    private String run(String tool, String... arguments) {
        File errors = directory.resolve("tool.log").toFile();
        try {
            Process started = start(ProcessBuilder.Redirect.PIPE, tool, arguments);
            String printed = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (started.onExit().join().exitValue() != 0) {
                throw new IllegalStateException(tool + " failed; see " + errors + ": " + printed);
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start(ProcessBuilder.Redirect output, String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                jars + "/*",
                main));
        Stream.of(arguments).forEach(command::add);
        try {
            return new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(output)
                    .redirectError(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("tool.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        if (process != null) {
            Programs.end(process);
        }
    }
}
