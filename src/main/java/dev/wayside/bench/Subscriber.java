package dev.wayside.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.config.ServerUrl;
import dev.wayside.failure.UnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A {@code mosquitto_sub} process that receives every event, and the arrival time of each event. */
final class Subscriber implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Guards against a hang: on a busy machine events arrive late, but they arrive. */
    private static final long TIMEOUT_SECONDS = 120;

    private final Process process;
    private final Map<String, Long> arrivals = new ConcurrentHashMap<>();

    private Subscriber(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "subscriber");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts the process; empty if the program is not installed or the broker does not speak plain TCP.
     *
     * @param broker {@code tcp://host:port}
     */
    static Optional<Subscriber> start(String broker) {
        ServerUrl url = ServerUrl.parse(broker, ServerUrl.Kind.BROKER, "no subscriber");
        if (!url.scheme().equals("tcp")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Subscriber(new ProcessBuilder(
                            "mosquitto_sub",
                            "-h",
                            url.host(),
                            "-p",
                            String.valueOf(url.port()),
                            "-q",
                            "1",
                            "-t",
                            "+/+/+/event")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Waits for an event and returns its arrival time in {@link System#nanoTime()}. */
    long awaitArrival(String id) throws InterruptedException {
        long latest = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (System.nanoTime() < latest) {
            Long arrival = arrivals.get(id);
            if (arrival != null) {
                return arrival;
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        throw new UnavailableException(
                "mosquitto_sub did not receive the event " + id + " within " + TIMEOUT_SECONDS + " s");
    }

    /** Whether an event has arrived yet, which proves that the subscription is active. */
    boolean listens() {
        return !arrivals.isEmpty();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                long now = System.nanoTime();
                arrivals.put(JSON.readTree(line).path("id").asText(), now);
            }
        } catch (IOException e) {
            if (process.isAlive()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        // Not SIGTERM: mosquitto_sub disconnects inside its signal handler, where it sometimes deadlocks.
        process.destroyForcibly();
    }
}
