package dev.wayside.assembly;

import dev.wayside.detect.Detector;
import dev.wayside.detect.ModelFolder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What {@code model.yaml} says about the model in use, as plain values. */
final class ModelCard {
    private ModelCard() {}

    /**
     * Describes the model.
     *
     * @param threads of the interpreter
     */
    static Map<String, Object> of(Detector detector, int threads) {
        ModelFolder folder = detector.folder();
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("name", folder.name());
        card.put("licence", folder.licence());
        card.put("origin", folder.origin());
        card.put("file", folder.model().toString());
        card.put("sha256", folder.sha256());
        card.put(
                "input",
                folder.input().width() + " × " + folder.input().height() + " "
                        + folder.input().type().toString().toLowerCase(Locale.ROOT));
        card.put("labels", folder.labels().size());
        card.put("score_threshold", (double) Math.round(detector.scoreThreshold() * 1000) / 1000);
        card.put("iou_threshold", (double) Math.round(folder.thresholds().iou() * 1000) / 1000);
        card.put("threads", threads);
        return card;
    }
}
