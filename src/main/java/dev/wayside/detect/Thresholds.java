package dev.wayside.detect;

/**
 * Which detections are kept: the section {@code thresholds} of {@code model.yaml}.
 *
 * @param score minimum score of a detection, 0..1
 * @param iou overlap (intersection over union, 0..1) above which the weaker of two boxes of one class is dropped
 * @param maxDetections maximum number of detections per frame; the strongest are kept
 */
public record Thresholds(float score, float iou, int maxDetections) {
    static Thresholds from(YamlSection yaml) {
        float score = yaml.number("score", 0.001, 1);
        float iou = yaml.number("iou", 0, 1, 0.6);
        int maxDetections = yaml.whole("max-detections", 1, 10_000, 100);
        yaml.refuseUnknownKeys();
        return new Thresholds(score, iou, maxDetections);
    }
}
