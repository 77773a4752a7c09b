package dev.wayside.servers;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Wayside itself, started by its launcher in a child process as its users start it. */
public final class WaysideProcess implements AutoCloseable {
    /** Only against hanging: the first start of all prepares the later ones. */
    private static final Duration START = Duration.ofSeconds(180);

    private static final Pattern EMBEDDED_BROKER = Pattern.compile("embedded broker on tcp://127.0.0.1:(\\d+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path log;
    private final Process process;
    private final int httpPort;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    private WaysideProcess(ProcessBuilder builder, int httpPort) {
        this.httpPort = httpPort;
        this.log = builder.directory().toPath().resolve("wayside.log");
        builder.environment().put("WAYSIDE_NO_BUILD", "1");
        try {
            process = builder.redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WaysideProcess start(
            Path directory, List<String> arguments, Map<String, String> environment, int httpPort) {
        List<String> command = new ArrayList<>();
        command.add(Path.of("wayside").toAbsolutePath().toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().putAll(environment);
        return new WaysideProcess(builder, httpPort);
    }

    /**
     * Starts {@code ./wayside run} on a free HTTP port.
     *
     * @param directory the working directory; the log goes there too
     * @param settings each {@code key=value}
     */
    public static WaysideProcess run(Path directory, String... settings) {
        return run(directory, Map.of(), settings);
    }

    /** As {@link #run(Path, String...)}, with environment variables. */
    public static WaysideProcess run(Path directory, Map<String, String> environment, String... settings) {
        int port = Programs.freePort();
        List<String> arguments = new ArrayList<>(List.of("run", "--set", "http.port=" + port));
        for (String setting : settings) {
            arguments.add("--set");
            arguments.add(setting);
        }
        return start(directory, arguments, environment, port);
    }

    /** Starts any command. */
    public static WaysideProcess command(Path directory, Map<String, String> environment, String... arguments) {
        return start(directory, List.of(arguments), environment, 0);
    }

    /**
     * Starts a Wayside that is somewhere else.
     *
     * @param directory the working directory; the log goes there too
     * @param environment the whole of it
     * @param httpPort of its settings
     * @param command the launcher's path among it
     */
    public static WaysideProcess elsewhere(
            Path directory, Map<String, String> environment, int httpPort, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new WaysideProcess(builder, httpPort);
    }

    /** Waits until it serves its page. */
    public WaysideProcess awaitStarted() {
        await().alias("Wayside runs: " + log)
                .atMost(START)
                .failFast("Wayside ended: " + log, () -> !process.isAlive())
                .until(() -> log().contains("Wayside runs as"));
        return this;
    }

    /** Where its page is. */
    public String url() {
        return "http://127.0.0.1:" + httpPort;
    }

    /** Where its embedded broker listens, which it has said already. */
    public int embeddedPort() {
        Matcher matcher = EMBEDDED_BROKER.matcher(log());
        if (!matcher.find()) {
            throw new IllegalStateException("There is no embedded broker: " + log());
        }
        return Integer.parseInt(matcher.group(1));
    }

    /** What it printed so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer of {@code /api/status}; a machine that is busy elsewhere is asked again, as long as the process lives. */
    public JsonNode status() {
        return await().alias("Wayside says how it is: " + log)
                .pollDelay(Duration.ZERO)
                .atMost(START)
                .ignoreExceptionsInstanceOf(IOException.class)
                .failFast("Wayside ended: " + log, () -> !process.isAlive())
                .until(this::answeredStatus, Objects::nonNull);
    }

    private JsonNode answeredStatus() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/api/status"))
                .timeout(Duration.ofSeconds(30))
                .build();
        return JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    /** The data of the first event that {@code /api/events} gives. */
    public String firstEventOnThePage() {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url() + "/api/events")).build();
        try (Stream<String> lines =
                http.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
            return lines.filter(line -> line.startsWith("data:"))
                    .findFirst()
                    .orElseThrow()
                    .substring("data:".length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The process, for its pid and its end. */
    public Process process() {
        return process;
    }

    /** Waits for its own end and gives the exit code. */
    public int awaitExit() {
        await().alias("Wayside ends: " + log).atMost(START).until(() -> !process.isAlive());
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
