package dev.wayside.assembly;

import dev.wayside.config.CommaList;
import dev.wayside.config.DetectKeys;
import dev.wayside.config.Home;
import dev.wayside.config.Settings;
import dev.wayside.config.SettingsException;
import dev.wayside.detect.Detector;
import dev.wayside.detect.ModelFolder;
import dev.wayside.detect.ModelFolderException;
import dev.wayside.metrics.FrameMeters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The detector that the settings describe.
 *
 * @param home where to look for the model's folder
 * @param settings {@code model.path} and {@code detect.*}
 * @param threads of the interpreter, with {@code auto} resolved
 */
public record DetectorSettings(Home home, Settings settings, int threads) {
    /** Marks a class without a name in a labels file. */
    private static final String UNUSED_LABEL = "???";

    /**
     * Loads the model.
     *
     * @throws SettingsException if there is no such model, or it does not have one of the labels
     */
    public Detector open() {
        try {
            Detector.Builder builder = Detector.builder(
                            ModelFolder.load(home.find(settings.get(DetectKeys.MODEL_PATH))))
                    .optThreads(threads)
                    .optXnnpack(settings.get(DetectKeys.XNNPACK));
            settings.get(DetectKeys.SCORE).map(Double::floatValue).ifPresent(builder::optScoreThreshold);
            Detector opened = builder.open();
            try {
                requireLabels(opened.folder());
            } catch (SettingsException e) {
                opened.close();
                throw e;
            }
            return opened;
        } catch (ModelFolderException e) {
            throw new SettingsException(
                    DetectKeys.MODEL_PATH + " in " + settings.origin(DetectKeys.MODEL_PATH) + ": " + e.getMessage());
        }
    }

    /** The status of a detector, as plain values for the status board. */
    Map<String, Object> status(Detector detector, FrameMeters meters) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("model", detector.folder().name());
        plain.put("threads", threads);
        plain.put("inference_ms", meters.inferenceMillis());
        plain.put("labels", settings.get(DetectKeys.LABELS));
        return plain;
    }

    /**
     * Checks the labels: the count of one that the model does not have would always be zero, without an explanation.
     *
     * @throws SettingsException if the model does not have one of the labels
     */
    void requireLabels(ModelFolder model) {
        List<String> known = model.labels().stream()
                .filter(label -> !label.startsWith(UNUSED_LABEL))
                .toList();
        List<String> unknown = settings.get(DetectKeys.LABELS).stream()
                .filter(label -> !known.contains(label))
                .toList();
        if (!unknown.isEmpty()) {
            throw new SettingsException(DetectKeys.LABELS + " in " + settings.origin(DetectKeys.LABELS) + " names "
                    + CommaList.join(unknown) + ", which the model "
                    + model.name()
                    + " does not know; its labels are " + CommaList.join(known) + ".");
        }
    }
}
