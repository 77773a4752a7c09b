package dev.wayside.detect;

/**
 * Reads the outputs of TFLite_Detection_PostProcess: boxes (1, n, 4: top, left, bottom, right in parts of the input), class
 * numbers (1, n), scores (1, n) and how many of the n are valid (1). Overlapping boxes are already dropped.
 */
final class DetectionPostprocessDecoder implements Decoder {
    private final int labelOffset;
    private final int most;
    private final int boxOutput;
    private final int classOutput;
    private final int scoreOutput;
    private final int countOutput;

    DetectionPostprocessDecoder(DetectionPostprocessSettings settings, int most) {
        this.labelOffset = settings.labelOffset();
        this.most = most;
        this.boxOutput = settings.outputs().indexOf("boxes");
        this.classOutput = settings.outputs().indexOf("classes");
        this.scoreOutput = settings.outputs().indexOf("scores");
        this.countOutput = settings.outputs().indexOf("count");
    }

    @Override
    public void decode(float[][] outputs, float leastScore, Candidates found) {
        float[] boxes = outputs[boxOutput];
        int count = Math.min(most, (int) outputs[countOutput][0]);
        for (int i = 0; i < count; i++) {
            float score = outputs[scoreOutput][i];
            if (score >= leastScore) {
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
