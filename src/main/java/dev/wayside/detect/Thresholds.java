package dev.wayside.detect;

/**
 * When a box counts: the section {@code thresholds} of {@code model.yaml}.
 *
 * @param score least score of a detection, 0..1
 * @param iou overlap (intersection over union, 0..1) above which the weaker of two boxes of one class is dropped
 * @param most the strongest detections kept per frame
 */
public record Thresholds(float score, float iou, int most) {
    static Thresholds from(YamlSection yaml) {
        float score = yaml.number("score", 0.001, 1);
        float iou = yaml.number("iou", 0, 1, 0.6);
        int most = yaml.whole("max-detections", 1, 10_000, 100);
        yaml.refuseOthers();
        return new Thresholds(score, iou, most);
    }
}
