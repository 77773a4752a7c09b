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

/** A {@code mosquitto_sub} that is told of every event, and when each arrived. */
final class Subscriber implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Only against hanging: a machine that is busy otherwise has a slow answer, not none. */
    private static final long LONGEST_SECONDS = 120;

    private final Process process;
    private final Map<String, Long> arrivals = new ConcurrentHashMap<>();

    private Subscriber(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "subscriber");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts one, if the program is there and the broker asks for no credentials.
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

    /** When this event arrived, by {@link System#nanoTime()}; waits for it. */
    long awaitArrival(String id) throws InterruptedException {
        long latest = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (System.nanoTime() < latest) {
            Long arrival = arrivals.get(id);
            if (arrival != null) {
                return arrival;
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        throw new UnavailableException("mosquitto_sub got no event " + id + " within " + LONGEST_SECONDS + " s");
    }

    /** Whether anything has arrived yet: the subscription counts then. */
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
        // On SIGTERM it disconnects inside its signal handler, and now and then waits there for itself for ever.
        process.destroyForcibly();
    }
}
