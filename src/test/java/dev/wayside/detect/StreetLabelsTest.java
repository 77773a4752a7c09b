package dev.wayside.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.detect.StreetLabels.Score;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The shipped model on the sample clip, compared with what a person sees there. The figures are in the model card. */
class StreetLabelsTest {
    @Test
    void findsCarsAndPeopleInNineOfTenFramesThatShowThemLargeEnough() throws Exception {
        StreetLabels labels = StreetLabels.load();
        assertEquals(20, labels.frames().size());
        SortedMap<Integer, List<Sighting>> detections = new TreeMap<>();
        try (Detector detector = Detector.builder(ModelFolder.load(ModelFolderTest.SHIPPED))
                .optScoreThreshold(0.35f)
                .open()) {
            Clip.frames(
                    new TreeSet<>(labels.frames().keySet()),
                    (number, frame) -> detections.put(number, Sighting.of(detector.detect(frame))));
        }
        for (String label : List.of("person", "car")) {
            Score score = labels.score(label, detections);
            System.out.println(label + ": " + score);
            assertTrue(score.frameShare() >= 0.9, () -> label + ": " + score);
            // The model card's figures with a small margin: a regression must fail.
            assertTrue(score.recall() >= 0.75, () -> label + ": " + score);
            assertTrue(score.precision() >= 0.75, () -> label + ": " + score);
        }
    }
}
