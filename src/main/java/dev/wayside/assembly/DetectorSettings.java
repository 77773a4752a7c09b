package dev.wayside.assembly;

import dev.wayside.config.Home;
import dev.wayside.config.Settings;
import dev.wayside.config.SettingsException;
import dev.wayside.detect.Detector;
import dev.wayside.detect.ModelFolder;
import dev.wayside.detect.ModelFolderException;
import dev.wayside.status.Pace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The detector that the settings describe.
 *
 * @param home where the model's folder is looked for
 * @param settings {@code model.path} and {@code detect.*}
 * @param threads of the interpreter, {@code auto} decided
 */
record DetectorSettings(Home home, Settings settings, int threads) {
    /** Stands in a labels file where the model has a class without a name. */
    private static final String UNUSED_LABEL = "???";

    /**
     * Loads the model.
     *
     * @throws SettingsException if there is no such model, or it does not know one of the labels
     */
    Detector open() {
        try {
            Detector.Builder builder = Detector.builder(ModelFolder.load(home.find(settings.text("model.path"))))
                    .optThreads(threads)
                    .optXnnpack(settings.isTrue("detect.xnnpack"));
            if (!settings.text("detect.score").equals("model")) {
                builder.optScoreThreshold((float) settings.decimal("detect.score"));
            }
            return requireLabels(builder.open());
        } catch (ModelFolderException e) {
            throw new SettingsException("model.path in " + settings.origin("model.path") + ": " + e.getMessage());
        }
    }

    /** What a detector says of itself, as plain values for the status board. */
    Map<String, Object> status(Detector detector, Pace pace) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("model", detector.folder().name());
        plain.put("threads", threads);
        plain.put("inference_ms", pace.inferenceMillis());
        plain.put("labels", settings.list("detect.labels"));
        return plain;
    }

    /** A label that the model cannot find would count zero for ever, and nobody would know why. */
    private Detector requireLabels(Detector detector) {
        List<String> known = detector.folder().labels().stream()
                .filter(label -> !label.startsWith(UNUSED_LABEL))
                .toList();
        List<String> unknown = settings.list("detect.labels").stream()
                .filter(label -> !known.contains(label))
                .toList();
        if (!unknown.isEmpty()) {
            detector.close();
            throw new SettingsException("detect.labels in " + settings.origin("detect.labels") + " names "
                    + String.join(", ", unknown) + ", which the model "
                    + detector.folder().name()
                    + " does not know; its labels are "
                    + known.stream().map(DetectorSettings::inList).collect(Collectors.joining(", ")) + ".");
        }
        return detector;
    }

    /** As it stands in the setting. */
    private static String inList(String label) {
        return label.contains(",") ? "\"" + label + "\"" : label;
    }
}
