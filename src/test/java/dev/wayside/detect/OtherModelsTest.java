package dev.wayside.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.detect.StreetLabels.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Third-party models, added as folders, on the sample clip. Skipped if the models are not available. */
class OtherModelsTest {
    private static final Path MODELS = Path.of("..", "shared", "models", "test-only");
    private static final Path DESCRIPTIONS = Path.of("src", "test", "resources", "models");

    @TempDir
    private Path scratch;

    @Test
    void yoloxFindsNearlyEverything() throws Exception {
        Path folder = folder("yolox-nano");
        assertFinds(folder, "person", "person", 1.0, 0.95);
        assertFinds(folder, "car", "car", 1.0, 0.95);
    }

    @Test
    void rawHeadsOfOpenImagesFindPeopleAndCars() throws Exception {
        Path folder = folder("ssd-mobilenet-v2-oid");
        assertFinds(folder, "Person", "person", 1.0, 0.85);
        assertFinds(folder, "Car", "car", 0.9, 0.9);
    }

    @Test
    void theQuantisedModelWithPostprocessingFindsPeople() throws Exception {
        assertFinds(folder("ssd-mobilenet-v1-quant"), "person", "person", 1.0, 0.7);
    }

    @Test
    void labelsThatBeginWithAnUnusedClassAreShiftedByOne() throws Exception {
        Path folder = folder("ssd-mobilenet-v1-quant");
        SortedMap<Integer, List<Sighting>> expected = detect(folder, 22);
        List<String> labels = new ArrayList<>(List.of("???"));
        labels.addAll(Files.readAllLines(folder.resolve("labelmap.txt")));
        Files.delete(folder.resolve("labelmap.txt"));
        Files.write(folder.resolve("labelmap.txt"), labels);
        Path yaml = folder.resolve("model.yaml");
        Files.writeString(yaml, Files.readString(yaml).replace("label-offset: 0", "label-offset: 1"));
        assertEquals(expected, detect(folder, 22));
        assertTrue(
                expected.get(22).stream().anyMatch(sighting -> sighting.label().equals("person")));
    }

    @Test
    void refusesAModelThatDoesNotMatchItsDescription() throws Exception {
        Path folder = folder("yolox-nano");
        Path yaml = folder.resolve("model.yaml");
        String right = Files.readString(yaml);
        Map<String, String> sentences = Map.of(
                "layout: NHWC", "input describes one input of float32(1, 416, 416, 3), but the model takes",
                "strides: [8, 16]", "the output has shape (1, 3549, 85), but strides [8, 16]",
                "type: detection-postprocess",
                        "the decoder detection-postprocess reads 4 outputs (boxes, classes, scores, count), but the model has 1");
        for (Map.Entry<String, String> wrong : sentences.entrySet()) {
            Files.writeString(
                    yaml,
                    switch (wrong.getKey()) {
                        case "layout: NHWC" -> right.replace("layout: NCHW", wrong.getKey());
                        case "strides: [8, 16]" -> right.replace("strides: [8, 16, 32]", wrong.getKey());
                        default -> right.replace("type: yolox\n  strides: [8, 16, 32]", wrong.getKey());
                    });
            ModelFolder description = ModelFolder.load(folder);
            String message = assertThrows(ModelFolderException.class, () -> Detector.builder(description)
                            .open())
                    .getMessage();
            assertTrue(message.contains(wrong.getValue()), message);
            assertTrue(message.startsWith(yaml.toString()), message);
        }
    }

    private void assertFinds(Path folder, String name, String label, double frameShare, double recall)
            throws Exception {
        StreetLabels labels = StreetLabels.load();
        Integer[] numbers = labels.frames().keySet().toArray(Integer[]::new);
        SortedMap<Integer, List<Sighting>> detections = new TreeMap<>();
        detect(folder, numbers).forEach((frame, sightings) -> detections.put(frame, renamed(sightings, name, label)));
        Score score = labels.score(label, detections);
        System.out.println(folder.getFileName() + ", " + label + ": " + score);
        assertTrue(score.frameShare() >= frameShare, () -> label + ": " + score);
        assertTrue(score.recall() >= recall, () -> label + ": " + score);
    }

    private static List<Sighting> renamed(List<Sighting> sightings, String name, String label) {
        return sightings.stream()
                .filter(s -> s.label().equals(name))
                .map(s -> new Sighting(label, s.score(), s.left(), s.top(), s.width(), s.height()))
                .toList();
    }

    private static SortedMap<Integer, List<Sighting>> detect(Path folder, Integer... numbers) throws Exception {
        SortedMap<Integer, List<Sighting>> detections = new TreeMap<>();
        try (Detector detector = Detector.builder(ModelFolder.load(folder)).open()) {
            Clip.frames(
                    new TreeSet<>(List.of(numbers)),
                    (number, frame) -> detections.put(number, Sighting.of(detector.detect(frame))));
        }
        return detections;
    }

    /** A folder with this project's description and a copy of the model's files. */
    private Path folder(String name) throws IOException {
        Path source = MODELS.resolve(name);
        Assumptions.assumeTrue(
                Files.isDirectory(source), () -> "the model " + name + " is missing: put it under " + MODELS);
        Path folder = Files.createDirectory(scratch.resolve(name));
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        Files.copy(DESCRIPTIONS.resolve(name).resolve("model.yaml"), folder.resolve("model.yaml"));
        return folder;
    }
}
