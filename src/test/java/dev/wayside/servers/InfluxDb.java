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
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A real InfluxDB 1 with authentication on, and one administrator. */
public final class InfluxDb implements StoreServer {
    public static final String USER = "wayside";
    public static final String PASSWORD = "a&b's secret";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port = Programs.freePort();
    private final int rpcPort = Programs.freePort();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path directory;
    private Process process;

    public InfluxDb() {
        this("");
    }

    /**
     * Prepares one with a configuration of the test's own.
     *
     * @param configuration the end of its file, where the section {@code [data]} is open
     */
    public InfluxDb(String configuration) {
        try {
            directory = Files.createTempDirectory("influxdb");
            // The server runs as somebody else when the tests run as root.
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
            Files.writeString(
                    directory.resolve("influxdb.conf"),
                    """
                    reporting-disabled = true
                    bind-address = "127.0.0.1:%2$d"
                    [meta]
                      dir = "%1$s/meta"
                    [monitor]
                      store-enabled = false
                    [http]
                      bind-address = "127.0.0.1:%3$d"
                      auth-enabled = true
                    [data]
                      dir = "%1$s/data"
                      wal-dir = "%1$s/wal"
                      index-version = "tsi1"
                    %4$s
                    """
                            .formatted(directory, rpcPort, port, configuration));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InfluxDb start() {
        List<String> command = new ArrayList<>(Programs.polite());
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of(
                    Programs.require("setpriv", "util-linux").toString(),
                    "--reuid=nobody",
                    "--regid=nogroup",
                    "--clear-groups"));
        }
        command.add(Programs.require("influxd", "influxdb").toString());
        command.addAll(List.of("-config", directory.resolve("influxdb.conf").toString()));
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("influxdb.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().alias("InfluxDB listens: " + directory)
                .atMost(Duration.ofSeconds(60))
                .failFast("InfluxDB ended: " + directory, () -> !process.isAlive())
                .until(() -> Programs.answers(port));
        String quoted = PASSWORD.replace("'", "\\'");
        query("", "CREATE USER " + USER + " WITH PASSWORD '" + quoted + "' WITH ALL PRIVILEGES");
        return this;
    }

    @Override
    public int port() {
        return port;
    }

    /** The series, with times in nanoseconds, of the first result of a query as its administrator; missing when there are none. */
    public JsonNode query(String database, String statement) {
        String parameters = "epoch=ns&db=" + encoded(database) + "&q=" + encoded(statement);
        String answer = post("/query", "application/x-www-form-urlencoded", parameters);
        try {
            return JSON.readTree(answer).path("results").path(0).path("series");
        } catch (IOException e) {
            throw new UncheckedIOException(answer, e);
        }
    }

    /** Writes in its line protocol, as other programs might do. */
    public void write(String database, String lines) {
        post("/write?db=" + encoded(database), "text/plain", lines);
    }

    private String post(String path, String type, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(40))
                .header("Content-Type", type)
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
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
