package dev.wayside.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The shipped model's detections on 20 frames of the sample clip, compared with those recorded on x86_64. On another
 * architecture this shows that it detects the same.
 *
 * <p>Detections with a score of at least {@value #RECORDED} are recorded. Scores may differ by
 * {@value #SCORE_TOLERANCE}, so a detection that close to the limit may be missing on one side. Every stronger
 * detection must have a match on the other side.
 *
 * <p>{@code mvn -o test -Dtest=GoldenDetectionsTest "-Dtest.jvm.flags=-Dgolden.record=true"} records them again.
 */
@Tag("arm64")
class GoldenDetectionsTest {
    private static final float RECORDED = 0.3f;
    private static final double SCORE_TOLERANCE = 0.02;
    private static final double LEAST_IOU = 0.95;
    private static final String RESOURCE = "street-golden.json";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Test
    void detectsTheSameOnEveryMachine() throws Exception {
        SortedMap<Integer, List<Sighting>> detected = detect();
        if (Boolean.getBoolean("golden.record")) {
            JSON.writeValue(Path.of("src", "test", "resources", RESOURCE).toFile(), detected);
            Assumptions.abort("recorded again; nothing was compared");
        }
        SortedMap<Integer, List<Sighting>> golden = golden();
        assertEquals(golden.keySet(), detected.keySet());
        List<String> missing = new ArrayList<>();
        golden.forEach((frame, sightings) -> {
            missing.addAll(without(frame, "not detected here", sightings, detected.get(frame)));
            missing.addAll(without(frame, "detected here only", detected.get(frame), sightings));
        });
        assertTrue(missing.isEmpty(), () -> String.join("\n", missing));
    }

    private static SortedMap<Integer, List<Sighting>> detect() throws Exception {
        SortedMap<Integer, List<Sighting>> detected = new TreeMap<>();
        TreeSet<Integer> numbers = new TreeSet<>(
                IntStream.range(0, 20).map(i -> 7 + 15 * i).boxed().toList());
        try (Detector detector = Detector.builder(ModelFolder.load(ModelFolderTest.SHIPPED))
                .optScoreThreshold(RECORDED)
                .open()) {
            Clip.frames(numbers, (number, frame) -> detected.put(number, Sighting.of(detector.detect(frame))));
        }
        return detected;
    }

    private static SortedMap<Integer, List<Sighting>> golden() throws Exception {
        try (InputStream in = GoldenDetectionsTest.class.getResourceAsStream("/" + RESOURCE)) {
            return JSON.readValue(in, new TypeReference<TreeMap<Integer, List<Sighting>>>() {});
        }
    }

    private static List<String> without(int frame, String what, List<Sighting> sightings, List<Sighting> others) {
        List<Sighting> free = new ArrayList<>(others);
        List<String> alone = new ArrayList<>();
        for (Sighting sighting : sightings) {
            Sighting same = free.stream()
                    .filter(other -> other.label().equals(sighting.label())
                            && other.iou(sighting) >= LEAST_IOU
                            && Math.abs(other.score() - sighting.score()) <= SCORE_TOLERANCE)
                    .findFirst()
                    .orElse(null);
            if (same != null) {
                free.remove(same);
            } else if (sighting.score() >= RECORDED + SCORE_TOLERANCE) {
                alone.add("frame " + frame + ", " + what + ": " + sighting);
            }
        }
        return alone;
    }
}
