package dev.wayside.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.servers.WaysideProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An invalid route file affects no other: Wayside with invalid files beside its own. */
class RouteFilesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String WATCH =
            """
            - route:
                id: watch
                from:
                  uri: timer:watch
                  parameters: {period: "{{ watch.period }}"}
                  steps:
                    - log: the watch ticks
            """;

    @TempDir
    Path directory;

    private Path routes;

    @BeforeEach
    void copyRoutes() throws IOException {
        routes = Files.createDirectory(directory.resolve("routes"));
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void invalidFilesAtTheStartAreReportedAndTheCameraAndItsSinksRun() throws IOException {
        Files.write(routes.resolve("._mqtt.yaml"), new byte[] {0, 5, 22, 7, 0, 2, 0, 0, (byte) 0xa3});
        Files.writeString(routes.resolve("watch.yml"), WATCH.replace("\n", "\r\n"));
        Files.writeString(routes.resolve("empty.yaml"), "");
        Files.writeString(
                routes.resolve("broken.yaml"),
                WATCH.replace("id: watch", "id: broken").replace("steps", "step"));
        Files.copy(routes.resolve("mqtt.yaml"), routes.resolve("mqtt (copy).yaml"));
        try (WaysideProcess wayside =
                WaysideProcess.run(directory, "watch.period=100").awaitStarted()) {
            awaitPublished(wayside, 0);
            await().atMost(PATIENCE).until(() -> wayside.log().contains("the watch ticks"));
            assertEquals("degraded", wayside.status().at("/state").asText());
            String reasons = wayside.status().at("/reasons").toString();
            assertTrue(reasons.contains("/routes/empty.yaml is empty."), reasons);
            assertTrue(reasons.contains("/routes/broken.yaml:6:7: 'step' is not a field"), reasons);
            assertTrue(reasons.contains("/routes/mqtt (copy).yaml:2:9: the route id mqtt is already used by"), reasons);
            assertFalse(wayside.log().contains("._mqtt") || wayside.log().contains("Exception"), wayside.log());
            Files.delete(routes.resolve("empty.yaml"));
            Files.delete(routes.resolve("broken.yaml"));
            Files.delete(routes.resolve("mqtt (copy).yaml"));
            await().atMost(PATIENCE)
                    .until(() -> wayside.status().at("/state").asText().equals("running"));
        }
    }

    @Test
    void anInvalidChangeOfTheCamerasRouteChangesNothingAndAValidOneTakesEffect() throws IOException {
        String camera = Files.readString(routes.resolve("camera.yaml"));
        try (WaysideProcess wayside = WaysideProcess.run(directory).awaitStarted()) {
            awaitPublished(wayside, 0);
            save("camera.yaml", camera.replace("ref: \"{{detectStep}}\"", "ref: nosuch"));
            await().atMost(PATIENCE)
                    .until(() -> wayside.log().contains("there is no bean nosuch. Its previous routes keep running."));
            awaitPublished(wayside, published(wayside) + 5);
            String tap = "              - log: a frame passes\n              - multicast:";
            save("camera.yaml", camera.replace("              - multicast:", tap));
            await().atMost(PATIENCE)
                    .until(() -> wayside.status().at("/state").asText().equals("running"));
            await().atMost(PATIENCE).until(() -> wayside.log().contains("a frame passes"));
            awaitPublished(wayside, published(wayside) + 5);
        }
    }

    @Test
    void withOnlyInvalidFilesTheExitCodeIsTwo() throws IOException {
        for (Path file : files()) {
            Files.writeString(file, "- route:\n    from:\n      urri: timer:x\n");
        }
        try (WaysideProcess wayside = WaysideProcess.run(directory)) {
            assertEquals(2, wayside.awaitExit());
            assertTrue(wayside.log().contains("wayside: " + routes), wayside.log());
            assertTrue(wayside.log().contains("mqtt.yaml:3:7: 'urri' is not a field"), wayside.log());
            assertFalse(wayside.log().contains("\tat "), wayside.log());
        }
    }

    private Iterable<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(routes)) {
            return files.toList();
        }
    }

    private void save(String name, String text) throws IOException {
        Path beside = Files.writeString(directory.resolve(name + ".new"), text);
        Files.move(beside, routes.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void awaitPublished(WaysideProcess wayside, long more) {
        await().atMost(PATIENCE).until(() -> published(wayside) > more);
    }

    private static long published(WaysideProcess wayside) {
        return wayside.status().at("/mqtt/published").asLong();
    }
}
