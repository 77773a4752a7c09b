package dev.wayside.detect;

/**
 * Reads the outputs of TFLite_Detection_PostProcess: boxes (1, n, 4: top, left, bottom, right as fractions of the
 * input), class numbers (1, n), scores (1, n) and how many of the n are valid (1). The model has already applied
 * non-maximum suppression.
 */
final class DetectionPostprocessDecoder implements Decoder {
    private final int labelOffset;
    private final int maxBoxes;
    private final int boxOutput;
    private final int classOutput;
    private final int scoreOutput;
    private final int countOutput;

    DetectionPostprocessDecoder(DetectionPostprocessSettings settings, int maxBoxes) {
        this.labelOffset = settings.labelOffset();
        this.maxBoxes = maxBoxes;
        this.boxOutput = settings.outputs().indexOf("boxes");
        this.classOutput = settings.outputs().indexOf("classes");
        this.scoreOutput = settings.outputs().indexOf("scores");
        this.countOutput = settings.outputs().indexOf("count");
    }

    @Override
    public void decode(float[][] outputs, float minScore, Candidates found) {
        float[] boxes = outputs[boxOutput];
        int count = Math.min(maxBoxes, (int) outputs[countOutput][0]);
        for (int i = 0; i < count; i++) {
            float score = outputs[scoreOutput][i];
            if (score >= minScore) {
                int label = Math.round(outputs[classOutput][i]) + labelOffset;
                found.add(label, score, boxes[4 * i + 1], boxes[4 * i], boxes[4 * i + 3], boxes[4 * i + 2]);
            }
        }
    }

    @Override
    public boolean overlaps() {
        return false;
    }
}
