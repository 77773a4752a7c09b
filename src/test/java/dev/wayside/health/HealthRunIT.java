package dev.wayside.health;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.servers.Programs;
import dev.wayside.servers.WaysideProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The health of a whole Wayside whose camera and whose store are away. */
class HealthRunIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @Test
    void aMissingCameraIsNotReadyAndAFailingSinkOnlyDegraded() throws Exception {
        Path clip = directory.resolve("camera.mp4");
        try (WaysideProcess wayside = WaysideProcess.run(
                        directory,
                        "camera.url=" + clip,
                        "camera.retry-max=1s",
                        "influxdb.enabled=true",
                        "influxdb.url=http://127.0.0.1:" + Programs.freePort())
                .awaitStarted()) {
            assertEquals(200, get(wayside, "/health/started").statusCode());
            assertEquals(200, get(wayside, "/health/live").statusCode());
            HttpResponse<String> away = get(wayside, "/health/ready");
            assertEquals(503, away.statusCode(), away.body());
            assertEquals("DOWN", status(away, "wayside-cameras"));
            assertEquals("DOWN", status(away, "wayside-camera-front"));
            assertEquals("UP", status(away, "wayside-journal"));

            Files.copy(Path.of("samples/street.mp4"), clip, StandardCopyOption.REPLACE_EXISTING);
            await().atMost(PATIENCE).untilAsserted(() -> {
                HttpResponse<String> back = get(wayside, "/health/ready");
                assertEquals(200, back.statusCode());
                assertEquals("DOWN", status(back, "wayside-sink-influxdb"));
                assertEquals("UP", status(back, "wayside-sink-mqtt"));
            });
            assertEquals(200, get(wayside, "/health/live").statusCode());
            assertEquals(
                    "degraded",
                    JSON.readTree(get(wayside, "/health/ready").body())
                            .get("state")
                            .asText());
        }
    }

    private static String status(HttpResponse<String> answer, String check) throws IOException {
        for (JsonNode one : JSON.readTree(answer.body()).get("checks")) {
            if (one.get("name").asText().equals(check)) {
                return one.get("status").asText();
            }
        }
        return "missing";
    }

    private HttpResponse<String> get(WaysideProcess wayside, String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(wayside.url() + path)).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
