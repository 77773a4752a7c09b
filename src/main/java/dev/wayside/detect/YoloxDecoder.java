package dev.wayside.detect;

/**
 * Decodes YOLOX: per grid cell x, y, w, h, objectness and class scores (1, cells, 5 + classes). Centre = (value + cell) × stride,
 * size = exp(value) × stride, score = objectness × class score (YOLOX, {@code utils/demo_utils.py}, demo_postprocess).
 */
final class YoloxDecoder implements Decoder {
    /** x, y, w, h and objectness come before the class scores. */
    static final int BEFORE_CLASSES = 5;

    private final int[] strides;
    private final boolean sigmoid;
    private final int width;
    private final int height;
    private final int classes;

    YoloxDecoder(YoloxSettings settings, ModelInput input, int classes) {
        this.strides = settings.strides().stream().mapToInt(Integer::intValue).toArray();
        this.sigmoid = settings.sigmoid();
        this.width = input.width();
        this.height = input.height();
        this.classes = classes;
    }

    @Override
    public void decode(float[][] outputs, float minScore, Candidates found) {
        float[] values = outputs[0];
        // A class score is at most 1, so a cell whose objectness is below the threshold cannot reach it.
        float minObjectness = sigmoid ? (float) Math.log(minScore / (1.0 - minScore)) : minScore;
        int at = 0;
        for (int stride : strides) {
            for (int row = 0; row < height / stride; row++) {
                for (int column = 0; column < width / stride; column++) {
                    if (values[at + 4] >= minObjectness) {
                        addClasses(values, at, stride, row, column, minScore, found);
                    }
                    at += BEFORE_CLASSES + classes;
                }
            }
        }
    }

    private void addClasses(float[] values, int at, int stride, int row, int column, float minScore, Candidates found) {
        float objectness = probability(values[at + 4]);
        for (int k = 0; k < classes; k++) {
            float score = objectness * probability(values[at + BEFORE_CLASSES + k]);
            if (score >= minScore) {
                float centreX = (values[at] + column) * stride;
                float centreY = (values[at + 1] + row) * stride;
                float halfWidth = (float) Math.exp(values[at + 2]) * stride / 2;
                float halfHeight = (float) Math.exp(values[at + 3]) * stride / 2;
                found.add(
                        k,
                        score,
                        (centreX - halfWidth) / width,
                        (centreY - halfHeight) / height,
                        (centreX + halfWidth) / width,
                        (centreY + halfHeight) / height);
            }
        }
    }

    private float probability(float value) {
        return sigmoid ? (float) (1 / (1 + Math.exp(-value))) : value;
    }
}
