package dev.wayside.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.config.DetectKeys;
import dev.wayside.config.Home;
import dev.wayside.config.Settings;
import dev.wayside.config.SettingsException;
import dev.wayside.config.SettingsLoader;
import dev.wayside.detect.Detector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorSettingsTest {
    @TempDir
    Path directory;

    private Home home;

    @BeforeEach
    void aModelThatHasALabelWithAComma() throws IOException {
        home = new Home(Path.of("").toAbsolutePath(), directory);
        Path shipped = Path.of("models/ssdlite-mobilenet-v2-coco");
        Path model = Files.createDirectory(directory.resolve("model"));
        for (String file : List.of("model.tflite", "model.yaml")) {
            Files.copy(shipped.resolve(file), model.resolve(file));
        }
        Files.writeString(
                model.resolve("labels.txt"),
                Files.readString(shipped.resolve("labels.txt")).replace("\ncar\n", "\ncar, parked\n"));
    }

    @Test
    void aLabelWithACommaIsQuoted() {
        Settings settings = settings("detect.labels=person, \"car, parked\"");
        assertEquals(List.of("person", "car, parked"), settings.get(DetectKeys.LABELS));
        try (Detector detector = new DetectorSettings(home, settings, 1).open()) {
            assertTrue(detector.folder().labels().contains("car, parked"));
        }
    }

    @Test
    void withoutQuotesTheMessageShowsThem() {
        DetectorSettings unquoted = new DetectorSettings(home, settings("detect.labels=person,car, parked"), 1);
        String message = assertThrows(SettingsException.class, unquoted::open).getMessage();
        assertTrue(message.contains("names car, parked, which the model"), message);
        assertTrue(message.contains("bicycle, \"car, parked\", "), message);
    }

    private Settings settings(String labels) {
        return SettingsLoader.load(home, List.of("model.path=model", labels), Map.of());
    }
}
