package dev.wayside.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A real {@code mosquitto_sub}: what any other subscriber would see. */
public final class MosquittoSub implements AutoCloseable {
    private final Process process;
    private final List<Message> messages = new CopyOnWriteArrayList<>();

    /**
     * One message.
     *
     * @param topic where it came
     * @param retained whether the broker had kept it
     * @param payload as text
     */
    public record Message(String topic, boolean retained, String payload) {}

    /**
     * Subscribes to everything.
     *
     * @param port of the broker on this machine
     * @param options more of mosquitto_sub's own
     */
    public MosquittoSub(int port, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Programs.require("mosquitto_sub", "mosquitto-clients").toString(),
                "-h",
                "127.0.0.1",
                "-p",
                String.valueOf(port),
                "-q",
                "1",
                "-t",
                "#",
                "-F",
                "%t %r %p"));
        command.addAll(List.of(options));
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread reader = new Thread(this::read, "mosquitto_sub");
        reader.setDaemon(true);
        reader.start();
    }

    public List<Message> messages() {
        return messages;
    }

    /** Those on one topic. */
    public Stream<Message> on(String topic) {
        return messages.stream().filter(message -> message.topic().equals(topic));
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split(" ", 3);
                messages.add(new Message(parts[0], parts[1].equals("1"), parts[2]));
            }
        } catch (IOException e) {
            // The stream closes with the process: the test has what it has.
            messages.add(new Message("closed", false, String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void close() {
        // On SIGTERM it disconnects inside its signal handler, and now and then waits there for itself for ever.
        process.destroyForcibly();
        process.onExit().join();
    }
}
