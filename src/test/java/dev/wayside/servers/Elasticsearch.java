package dev.wayside.servers;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A real Elasticsearch node in a process of its own. The build puts its jars into {@code -Delasticsearch.jars}; without
 * security, whose jars are not all published.
 */
public final class Elasticsearch implements StoreServer {
    private static final Path JARS = Path.of(System.getProperty("elasticsearch.jars", "target/elasticsearch"))
            .toAbsolutePath();
    private static final String DESCRIPTOR = "plugin-descriptor.properties";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port = Programs.freePort();
    private final int transportPort = Programs.freePort();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path directory;
    private Process process;

    public Elasticsearch() {
        try {
            directory = Files.createTempDirectory("elasticsearch");
            describeTransport();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its jar brings the descriptor, but names a Java module there that a plain folder of jars is not. */
    private static void describeTransport() throws IOException {
        Path module = JARS.resolve("modules/transport-netty4");
        if (!Files.isDirectory(module)) {
            Programs.missing(module + " is missing; the build puts it there before the integration tests: mvn verify");
        }
        Path jar;
        try (var files = Files.list(module)) {
            jar = files.filter(file -> file.getFileName().toString().startsWith("transport-netty4"))
                    .findFirst()
                    .orElseThrow();
        }
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry("META-INF/es-plugins/transport-netty4/" + DESCRIPTOR);
            try (InputStream in = zip.getInputStream(entry)) {
                String descriptor = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                Files.writeString(module.resolve(DESCRIPTOR), descriptor.replaceAll("(?m)^modulename=.*$", ""));
            }
        }
    }

    @Override
    public Elasticsearch start() {
        try {
            process = new ProcessBuilder(command())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("node.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().alias("Elasticsearch answers: " + directory)
                .atMost(Duration.ofSeconds(240))
                .failFast("Elasticsearch ended: " + directory, () -> !process.isAlive())
                .ignoreExceptions()
                .until(() -> !request("GET", "/_cluster/health?wait_for_status=yellow&timeout=30s", null)
                        .path("timed_out")
                        .asBoolean(true));
        return this;
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(Programs.polite());
        command.add(Programs.requireJava(21).toString());
        command.addAll(List.of(System.getProperty("elasticsearch.jvm", "-Xmx256m -XX:+UseSerialGC")
                .split(" ")));
        command.addAll(List.of(
                "-cp",
                JARS.resolve("lib") + "/*",
                Path.of("src/test/elasticsearch/ElasticsearchNode.java")
                        .toAbsolutePath()
                        .toString(),
                JARS.resolve("modules").toString(),
                directory.toString(),
                String.valueOf(port),
                String.valueOf(transportPort)));
        return command;
    }

    @Override
    public int port() {
        return port;
    }

    /** Asks the node itself. */
    public JsonNode request(String method, String path, String json) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(40))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
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
        Programs.delete(directory);
    }
}
