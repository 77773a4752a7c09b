package dev.wayside.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnchorGridTest {
    static final AnchorGrid COCO = new AnchorGrid(
            List.of(19, 10, 5, 3, 2, 1),
            List.of(0.2f, 0.35f, 0.5f, 0.65f, 0.8f, 0.95f),
            List.of(1f, 2f, 0.5f, 3f, 0.3333f),
            1,
            true);

    /** Number, centre y, centre x, height, width: from the constant in the graph that the shipped model was converted from. */
    private static final float[][] TRAINED = {
        {0, 0.026316f, 0.026316f, 0.100000f, 0.100000f},
        {1, 0.026316f, 0.026316f, 0.141421f, 0.282843f},
        {2, 0.026316f, 0.026316f, 0.282843f, 0.141421f},
        {541, 0.500000f, 0.500000f, 0.141421f, 0.282843f},
        {1082, 0.973684f, 0.973684f, 0.282843f, 0.141421f},
        {1083, 0.050000f, 0.050000f, 0.350000f, 0.350000f},
        {1084, 0.050000f, 0.050000f, 0.247487f, 0.494975f},
        {1085, 0.050000f, 0.050000f, 0.494975f, 0.247487f},
        {1086, 0.050000f, 0.050000f, 0.202073f, 0.606218f},
        {1087, 0.050000f, 0.050000f, 0.606248f, 0.202062f},
        {1088, 0.050000f, 0.050000f, 0.418330f, 0.418330f},
        {1683, 0.100000f, 0.100000f, 0.500000f, 0.500000f},
        {1833, 0.166667f, 0.166667f, 0.650000f, 0.650000f},
        {1887, 0.250000f, 0.250000f, 0.800000f, 0.800000f},
        {1911, 0.500000f, 0.500000f, 0.950000f, 0.950000f},
        {1916, 0.500000f, 0.500000f, 0.974679f, 0.974679f},
    };

    @Test
    void generatesTheAnchorsThatTheModelWasTrainedWith() {
        float[] anchors = COCO.generate();
        assertEquals(1917, anchors.length / 4);
        for (float[] trained : TRAINED) {
            int at = 4 * (int) trained[0];
            assertArrayEquals(
                    Arrays.copyOfRange(trained, 1, 5),
                    Arrays.copyOfRange(anchors, at, at + 4),
                    2e-6f,
                    "anchor " + at / 4);
        }
    }

    @Test
    void generatesOneAnchorPerRatioWithoutTheExtras() {
        AnchorGrid plain = new AnchorGrid(List.of(2, 1), List.of(0.2f, 0.4f), List.of(1f, 4f), 0, false);
        float[] anchors = plain.generate();
        assertEquals((4 + 1) * 2, anchors.length / 4);
        assertArrayEquals(new float[] {0.25f, 0.25f, 0.1f, 0.4f}, Arrays.copyOfRange(anchors, 4, 8), 1e-6f);
        assertArrayEquals(new float[] {0.25f, 0.75f, 0.2f, 0.2f}, Arrays.copyOfRange(anchors, 8, 12), 1e-6f);
    }
}
