package dev.wayside.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CandidatesTest {
    private final Candidates candidates = new Candidates();

    @Test
    void putsTheStrongestFirstAndKeepsTheOrderOfEquals() {
        candidates.add(1, 0.5f, 0, 0, 1, 1);
        candidates.add(2, 0.9f, 0, 0, 1, 1);
        candidates.add(3, 0.5f, 0, 0, 1, 1);
        assertEquals(List.of(1, 0, 2), choose(0.5f, 10));
    }

    @Test
    void dropsTheWeakerOfTwoOverlappingBoxesOfOneClass() {
        candidates.add(1, 0.6f, 0.0f, 0, 1.0f, 1);
        candidates.add(1, 0.8f, 0.1f, 0, 1.1f, 1); // IoU 0.9 / 1.1 = 0.82
        assertEquals(List.of(1), choose(0.8f, 10));
    }

    @Test
    void keepsBothWhereTheyOverlapNoMoreThanAllowed() {
        candidates.add(1, 0.6f, 0.0f, 0, 1.0f, 1);
        candidates.add(1, 0.8f, 0.1f, 0, 1.1f, 1);
        assertEquals(List.of(1, 0), choose(0.83f, 10));
    }

    @Test
    void keepsOverlappingBoxesOfTwoClasses() {
        candidates.add(1, 0.6f, 0, 0, 1, 1);
        candidates.add(2, 0.8f, 0, 0, 1, 1);
        assertEquals(List.of(1, 0), choose(0.1f, 10));
    }

    @Test
    void aSuppressedBoxSuppressesNoOther() {
        candidates.add(1, 0.9f, 0.0f, 0, 1.0f, 1);
        candidates.add(1, 0.8f, 0.3f, 0, 1.3f, 1); // suppressed by the first, IoU 0.54
        candidates.add(1, 0.7f, 0.6f, 0, 1.6f, 1); // suppressed by the second alone
        assertEquals(List.of(0, 2), choose(0.5f, 10));
    }

    @Test
    void choosesNoMoreThanAskedFor() {
        for (int i = 0; i < 500; i++) {
            candidates.add(i, i / 1000f, 0, 0, 1, 1);
        }
        assertEquals(500, candidates.size());
        assertEquals(List.of(499, 498, 497), choose(0.5f, 3));
    }

    @Test
    void ignoresInvalidBoxes() {
        candidates.add(1, Float.NaN, 0, 0, 1, 1);
        candidates.add(1, 0.5f, 0, 0, Float.NaN, 1);
        candidates.add(1, 0.5f, 1, 0, 1, 1);
        candidates.add(1, 0.5f, 0, 1, 1, 0);
        assertEquals(0, candidates.size());
    }

    @Test
    void forgetsTheLastFrame() {
        candidates.add(1, 0.5f, 0, 0, 1, 1);
        candidates.choose(0.5f, 10);
        candidates.clear();
        assertEquals(List.of(), choose(0.5f, 10));
    }

    private List<Integer> choose(float iou, int most) {
        candidates.choose(iou, most);
        return IntStream.range(0, candidates.chosenSize())
                .map(candidates::chosen)
                .boxed()
                .toList();
    }
}
