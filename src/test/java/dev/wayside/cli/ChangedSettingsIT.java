package dev.wayside.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayside.servers.WaysideProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saving {@code wayside.properties} while Wayside runs. */
class ChangedSettingsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String WATCH =
            """
            - route:
                id: watch
                from:
                  uri: timer:watch
                  parameters: {period: 200}
                  steps:
                    - log: the watch says {{watch.words}}
            """;

    @TempDir
    Path directory;

    @Test
    void changeableSettingsTakeEffectOthersNeedARestartAndAnInvalidSaveChangesNothing() throws IOException {
        Path routes = Files.createDirectory(directory.resolve("routes"));
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        Files.writeString(routes.resolve("watch.yaml"), WATCH);
        save("watch.words=one");
        try (WaysideProcess wayside =
                WaysideProcess.run(directory, "detect.max-objects=5").awaitStarted()) {
            awaitSaid(wayside, "the watch says one");
            assertEquals("[\"car\",\"person\"]", labels(wayside));

            save(
                    "watch.words=two",
                    "detect.labels=car,bus",
                    "camera.period=5s",
                    "log.level=debug",
                    "mqtt.late-after=3s");
            awaitSaid(wayside, "the watch says two");
            await().atMost(PATIENCE).until(() -> labels(wayside).equals("[\"car\",\"bus\"]"));
            awaitSaid(wayside, "camera.period, detect.labels, mqtt.late-after, log.level, watch.words changed");

            save("watch.words=three", "detect.labels=car,unicorn", "http.port=1");
            awaitSaid(wayside, "detect.labels in wayside.properties names unicorn");
            save("watch.words=three", "camera.period=often");
            awaitSaid(wayside, "camera.period is 'often' in wayside.properties; it must be auto, or a duration");
            assertEquals("[\"car\",\"bus\"]", labels(wayside));
            assertFalse(wayside.log().contains("says three"), "all or nothing");

            save("device=other", "detect.max-objects=7", "watch.words=four");
            awaitSaid(wayside, "the watch says four");
            awaitSaid(wayside, "device takes effect after a restart.");
            awaitSaid(
                    wayside,
                    "detect.max-objects was changed in the settings file, but --set sets it and takes precedence.");
            await().atMost(PATIENCE).until(() -> labels(wayside).equals("[\"car\",\"person\"]"));

            Files.writeString(routes.resolve("later.yaml"), WATCH.replace("watch", "later"));
            awaitSaid(wayside, "{{later.words}} has no value");
            save("watch.words=four", "later.words=here", "device=other", "detect.max-objects=7");
            awaitSaid(wayside, "the later says here");
            await().atMost(PATIENCE)
                    .until(() -> wayside.status().at("/state").asText().equals("running"));
            assertTrue(wayside.process().isAlive());
        }
    }

    private static String labels(WaysideProcess wayside) {
        JsonNode labels = wayside.status().at("/detector/labels");
        return labels.toString();
    }

    private void save(String... lines) throws IOException {
        Path beside = Files.write(directory.resolve("saved.tmp"), List.of(lines));
        Files.move(
                beside,
                directory.resolve("wayside.properties"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static void awaitSaid(WaysideProcess wayside, String text) {
        await().alias(text).atMost(PATIENCE).until(() -> wayside.log().contains(text));
    }
}
