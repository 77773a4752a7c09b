package dev.wayside.detect;

/**
 * Decodes raw SSD heads: per anchor an encoded box (1, anchors, 4) and class logits (1, anchors, classes).
 *
 * <p>Box: centre y = ty / sy × height + y of the anchor (x likewise), height = exp(th / sh) × height of the anchor (width likewise),
 * as in {@code faster_rcnn_box_coder} of the TensorFlow Object Detection API.
 */
final class SsdAnchorDecoder implements Decoder {
    private final float[] anchors;
    private final int classes;
    private final int background;
    private final boolean softmax;
    private final int boxOutput;
    private final int scoreOutput;
    private final float scaleY;
    private final float scaleX;
    private final float scaleHeight;
    private final float scaleWidth;

    SsdAnchorDecoder(SsdAnchorSettings settings, float[] anchors, int classes) {
        this.anchors = anchors;
        this.classes = classes;
        this.background = settings.background();
        this.softmax = settings.softmax();
        this.boxOutput = settings.outputs().indexOf("boxes");
        this.scoreOutput = settings.outputs().indexOf("scores");
        this.scaleY = settings.boxScales().get(0);
        this.scaleX = settings.boxScales().get(1);
        this.scaleHeight = settings.boxScales().get(2);
        this.scaleWidth = settings.boxScales().get(3);
    }

    @Override
    public void decode(float[][] outputs, float minScore, Candidates found) {
        float[] boxes = outputs[boxOutput];
        float[] logits = outputs[scoreOutput];
        // sigmoid(logit) >= score if and only if logit >= ln(score / (1 - score)): most logits need no exp().
        float minLogit = (float) Math.log(minScore / (1.0 - minScore));
        int at = 0;
        for (int anchor = 0; anchor < anchors.length / 4; anchor++) {
            int first = at;
            // A softmax score of p requires a logit at least ln(p / (1 - p)) above the background's.
            float threshold = softmax ? minLogit + logits[first + background] : minLogit;
            for (int k = 0; k < classes; k++, at++) {
                if (logits[at] >= threshold && k != background) {
                    float score = softmax ? softmax(logits, first, logits[at]) : sigmoid(logits[at]);
                    // Exceeding the background is not sufficient, because other classes share the probability.
                    if (!softmax || score >= minScore) {
                        add(found, k, score, boxes, 4 * anchor);
                    }
                }
            }
        }
    }

    private void add(Candidates found, int classNumber, float score, float[] boxes, int at) {
        float centreY = boxes[at] / scaleY * anchors[at + 2] + anchors[at];
        float centreX = boxes[at + 1] / scaleX * anchors[at + 3] + anchors[at + 1];
        float halfHeight = (float) Math.exp(boxes[at + 2] / scaleHeight) * anchors[at + 2] / 2;
        float halfWidth = (float) Math.exp(boxes[at + 3] / scaleWidth) * anchors[at + 3] / 2;
        found.add(
                classNumber,
                score,
                centreX - halfWidth,
                centreY - halfHeight,
                centreX + halfWidth,
                centreY + halfHeight);
    }

    private float softmax(float[] logits, int first, float logit) {
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            sum += Math.exp(logits[first + k] - logit);
        }
        return (float) (1 / sum);
    }

    private static float sigmoid(float logit) {
        return (float) (1 / (1 + Math.exp(-logit)));
    }
}
