package dev.wayside.servers;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A real Prometheus that reads the metrics of one Wayside each second. */
public final class Prometheus implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port = Programs.freePort();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path directory = Programs.folder("prometheus");
    private final Process process;

    /**
     * Starts it.
     *
     * @param target {@code host:port} of the Wayside
     * @param rules a file with alert rules
     */
    public Prometheus(String target, Path rules) {
        try {
            Path configuration = directory.resolve("prometheus.yml");
            Files.writeString(
                    configuration,
                    """
                    global:
                      scrape_interval: 1s
                      evaluation_interval: 1s
                    rule_files: ["%s"]
                    scrape_configs:
                      - job_name: wayside
                        static_configs:
                          - targets: ["%s"]
                    """
                            .formatted(rules.toAbsolutePath(), target));
            process = new ProcessBuilder(
                            Programs.require("prometheus", "prometheus").toString(),
                            "--config.file=" + configuration,
                            "--storage.tsdb.path=" + directory.resolve("data"),
                            "--web.listen-address=127.0.0.1:" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("prometheus.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().alias("Prometheus is ready: " + directory)
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .failFast("Prometheus ended: " + directory, () -> !process.isAlive())
                .until(() -> answer("/-/ready").statusCode() == 200);
    }

    /** The series that a query has now; empty if there are none. */
    public JsonNode query(String expression) {
        return data("/api/v1/query?query=" + encoded(expression)).path("result");
    }

    /** The series that a query has in the last seconds, each with its {@code values}. */
    public JsonNode range(String expression, Duration back) {
        Instant now = Instant.now();
        return data("/api/v1/query_range?step=1&start="
                        + now.minus(back).toEpochMilli() / 1000.0 + "&end=" + now.toEpochMilli() / 1000.0 + "&query="
                        + encoded(expression))
                .path("result");
    }

    /** The alerting rules, each with its {@code name} and {@code health}. */
    public JsonNode rules() {
        return data("/api/v1/rules").path("groups").path(0).path("rules");
    }

    private JsonNode data(String path) {
        HttpResponse<String> answer = answer(path);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + ": " + answer.body());
        }
        try {
            return JSON.readTree(answer.body()).path("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> answer(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** Runs {@code promtool} and gives its output; fails with it if the exit code is not 0. */
    public static String promtool(List<String> arguments, Path input) {
        try {
            List<String> command = new java.util.ArrayList<>(
                    List.of(Programs.require("promtool", "prometheus").toString()));
            command.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            if (input != null) {
                builder.redirectInput(input.toFile());
            }
            Process tool = builder.start();
            String output = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (tool.waitFor() != 0) {
                throw new AssertionError(output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        Programs.end(process);
        Programs.delete(directory);
    }
}
