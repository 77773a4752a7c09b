package dev.wayside.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.wayside.detect.ModelInput.Channels;
import dev.wayside.frame.PixelLayout;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DecodersTest {
    private static final ModelInput INPUT = new ModelInput(
            64,
            32,
            DataType.FLOAT32,
            Channels.LAST,
            PixelLayout.RGB,
            List.of(0f, 0f, 0f),
            List.of(1f, 1f, 1f),
            Fit.STRETCH);

    private final Candidates found = new Candidates();

    private float[] box(int i) {
        return new float[] {found.left(i), found.top(i), found.right(i), found.bottom(i)};
    }

    private static float logit(double probability) {
        return (float) Math.log(probability / (1 - probability));
    }

    @Nested
    class SsdAnchors {
        /** One anchor at the centre, half as large as the picture. */
        private final AnchorGrid one = new AnchorGrid(List.of(1), List.of(0.5f), List.of(1f), 0, false);

        private SsdAnchorSettings settings(boolean softmax, String... outputs) {
            return new SsdAnchorSettings(one, List.of(10f, 10f, 5f, 5f), 0, softmax, List.of(outputs));
        }

        private Decoder decoder(SsdAnchorSettings settings) {
            boolean boxesFirst = settings.outputs().get(0).equals("boxes");
            Shape boxes = new Shape(1, 1, 4);
            Shape scores = new Shape(1, 1, 3);
            return settings.decoder(boxesFirst ? List.of(boxes, scores) : List.of(scores, boxes), INPUT, 3);
        }

        @Test
        void movesAndScalesTheAnchor() {
            float[] encoded = {2, -4, 5 * (float) Math.log(0.5), 5 * (float) Math.log(1.5)};
            decoder(settings(false, "boxes", "scores"))
                    .decode(new float[][] {encoded, {9, logit(0.8), -9}}, 0.35f, found);
            assertEquals(1, found.size());
            assertEquals(1, found.classNumber(0));
            assertEquals(0.8f, found.score(0), 1e-6f);
            // centre x 0.5 - 0.4 × 0.5, centre y 0.5 + 0.2 × 0.5, width 0.75, height 0.25
            assertArrayEquals(new float[] {-0.075f, 0.475f, 0.675f, 0.725f}, box(0), 1e-6f);
        }

        @Test
        void takesEveryClassThatReachesTheThresholdButNotTheBackground() {
            float[][] outputs = {new float[4], {logit(0.99), logit(0.3499), logit(0.3501)}};
            decoder(settings(false, "boxes", "scores")).decode(outputs, 0.35f, found);
            assertEquals(1, found.size());
            assertEquals(2, found.classNumber(0));
        }

        @Test
        void readsOutputsInTheOrderOfTheModel() {
            decoder(settings(false, "scores", "boxes"))
                    .decode(new float[][] {{-9, logit(0.5), logit(0.6)}, new float[4]}, 0.35f, found);
            assertEquals(2, found.size());
            assertArrayEquals(new float[] {0.25f, 0.25f, 0.75f, 0.75f}, box(1), 1e-6f);
        }

        @Test
        void sharesScoresAmongTheClassesBySoftmax() {
            float[] logits = {(float) Math.log(2), (float) Math.log(3), (float) Math.log(5)};
            decoder(settings(true, "boxes", "scores")).decode(new float[][] {new float[4], logits}, 0.29f, found);
            assertEquals(2, found.size());
            assertEquals(0.3f, found.score(0), 1e-6f);
            assertEquals(0.5f, found.score(1), 1e-6f);
        }

        @Test
        void leavesOutAClassThatBeatsTheBackgroundButSharesItsScore() {
            float[] logits = {(float) Math.log(2), (float) Math.log(3), (float) Math.log(5)};
            decoder(settings(true, "boxes", "scores")).decode(new float[][] {new float[4], logits}, 0.4f, found);
            assertEquals(1, found.size());
        }

        @Test
        void saysWhichShapesDoNotFit() {
            SsdAnchorSettings settings = settings(false, "boxes", "scores");
            assertMessage(
                    () -> settings.decoder(List.of(new Shape(1, 2, 4), new Shape(1, 2, 3)), INPUT, 3),
                    "has shape (1, 2, 4), but decoder.anchors gives 1 anchors");
            assertMessage(
                    () -> settings.decoder(List.of(new Shape(1, 1, 4), new Shape(1, 1, 91)), INPUT, 90),
                    "with 90 labels and 1 anchors it must be [1, 1, 90]");
            assertMessage(() -> settings.decoder(List.of(new Shape(1, 1, 4)), INPUT, 3), "the model has 1");
        }
    }

    @Nested
    class DetectionPostprocess {
        private final List<Shape> shapes = List.of(new Shape(1, 3, 4), new Shape(1, 3), new Shape(1, 3), new Shape(1));

        private final float[] boxes = {0.1f, 0.2f, 0.3f, 0.4f, 0, 0, 1, 1, 0, 0, 1, 1};

        @Test
        void readsAsManyBoxesAsTheModelCounts() {
            decoder(0).decode(new float[][] {boxes, {0, 2, 5}, {0.9f, 0.5f, 0.8f}, {2}}, 0.35f, found);
            assertEquals(2, found.size());
            assertArrayEquals(new float[] {0.2f, 0.1f, 0.4f, 0.3f}, box(0), 0);
            assertEquals(0, found.classNumber(0));
            assertEquals(2, found.classNumber(1));
        }

        @Test
        void shiftsClassNumbersToTheLinesOfTheLabels() {
            decoder(1).decode(new float[][] {boxes, {0, 2, 5}, {0.9f, 0.1f, 0.8f}, {3}}, 0.35f, found);
            decoder(-1).decode(new float[][] {boxes, {1, 2, 5}, {0.9f, 0.1f, 0.1f}, {3}}, 0.35f, found);
            assertEquals(3, found.size());
            assertEquals(1, found.classNumber(0));
            assertEquals(6, found.classNumber(1));
            assertEquals(0, found.classNumber(2));
        }

        @Test
        void limitsTheCountToTheNumberOfBoxes() {
            decoder(0).decode(new float[][] {boxes, {0, 2, 5}, {0.9f, 0.5f, 0.8f}, {100}}, 0.35f, found);
            assertEquals(3, found.size());
        }

        @Test
        void needsNoSuppression() {
            assertFalse(decoder(0).overlaps());
        }

        @Test
        void saysWhenTheOrderOfOutputsDoesNotFit() {
            DecoderSettings wrong = new DetectionPostprocessSettings(0, List.of("scores", "boxes", "count", "classes"));
            assertMessage(() -> wrong.decoder(shapes, INPUT, 3), "Set decoder.outputs to the model's order");
        }

        private Decoder decoder(int labelOffset) {
            return new DetectionPostprocessSettings(labelOffset, List.of("boxes", "classes", "scores", "count"))
                    .decoder(shapes, INPUT, 3);
        }
    }

    @Nested
    class Yolox {
        /** 64 × 32 pixels: 4 × 2 cells of 16 pixels, then 2 × 1 cells of 32. */
        private static final int CELLS = 10;

        private final float[] values = new float[CELLS * 7];

        private Decoder decoder(boolean sigmoid) {
            return new YoloxSettings(List.of(16, 32), sigmoid).decoder(List.of(new Shape(1, CELLS, 7)), INPUT, 2);
        }

        private void cell(int cell, float... predictions) {
            System.arraycopy(predictions, 0, values, 7 * cell, 7);
        }

        @Test
        void placesBoxesByCellAndStride() {
            // row 1, column 2 of the fine grid; column 1 of the coarse one
            cell(6, 0.5f, 0.25f, (float) Math.log(2), 0, 0.8f, 0.1f, 0.9f);
            cell(9, 0, 0.5f, 0, (float) Math.log(0.5), 0.5f, 1, 0);
            decoder(false).decode(new float[][] {values}, 0.35f, found);
            assertEquals(2, found.size());
            assertEquals(1, found.classNumber(0));
            assertEquals(0.72f, found.score(0), 1e-6f);
            // centre 40, 20; 32 × 16 pixels
            assertArrayEquals(new float[] {24 / 64f, 12 / 32f, 56 / 64f, 28 / 32f}, box(0), 1e-6f);
            assertEquals(0, found.classNumber(1));
            // centre 32, 16; 32 × 16 pixels
            assertArrayEquals(new float[] {16 / 64f, 8 / 32f, 48 / 64f, 24 / 32f}, box(1), 1e-6f);
        }

        @Test
        void takesTheProductOfObjectnessAndClassAsTheScore() {
            cell(0, 0, 0, 0, 0, 0.5f, 0.6f, 0.71f);
            decoder(false).decode(new float[][] {values}, 0.35f, found);
            assertEquals(1, found.size());
            assertEquals(1, found.classNumber(0));
        }

        @Test
        void readsLogitsWhereTheModelGivesThem() {
            for (int i = 0; i < CELLS; i++) {
                cell(i, 0, 0, 0, 0, -9, -9, -9);
            }
            cell(3, 0, 0, 0, 0, logit(0.9), logit(0.5), -9);
            decoder(true).decode(new float[][] {values}, 0.35f, found);
            assertEquals(1, found.size());
            assertEquals(0.45f, found.score(0), 1e-6f);
        }

        @Test
        void saysWhichShapesDoNotFit() {
            YoloxSettings settings = new YoloxSettings(List.of(16, 32), false);
            assertMessage(
                    () -> settings.decoder(List.of(new Shape(1, CELLS, 85)), INPUT, 2),
                    "give 10 cells and 2 labels need [1, 10, 7]");
            assertMessage(
                    () -> new YoloxSettings(List.of(5), false).decoder(List.of(new Shape(1, 1, 7)), INPUT, 2),
                    "decoder.strides has 5");
        }
    }

    private static void assertMessage(Runnable action, String part) {
        String message = assertThrows(ModelFolderException.class, action::run).getMessage();
        assertTrue(message.contains(part), message);
    }
}
