package dev.wayside.detect;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/** The section {@code decoder} of {@code model.yaml}: which decoder, and its settings. */
public sealed interface DecoderSettings permits SsdAnchorSettings, DetectionPostprocessSettings, YoloxSettings {
    /**
     * Creates a decoder for a model.
     *
     * @param outputs shapes of the model's outputs in the model's order
     * @param input the model's input
     * @param labels how many lines the labels file has
     * @throws ModelFolderException if outputs, labels and settings do not match
     */
    Decoder decoder(List<Shape> outputs, ModelInput input, int labels);

    /** Reads the section. */
    static DecoderSettings from(YamlSection yaml) {
        DecoderSettings settings =
                switch (yaml.choice("type", List.of("ssd-anchors", "detection-postprocess", "yolox"))) {
                    case "ssd-anchors" -> SsdAnchorSettings.from(yaml);
                    case "detection-postprocess" -> DetectionPostprocessSettings.from(yaml);
                    default -> YoloxSettings.from(yaml);
                };
        yaml.refuseUnknownKeys();
        return settings;
    }

    /** Refuses a model that has more or fewer outputs than the decoder reads. */
    static void requireOutputs(String decoder, List<Shape> outputs, List<String> names) {
        if (outputs.size() != names.size()) {
            throw new ModelFolderException("the decoder " + decoder + " reads " + names.size() + " outputs ("
                    + String.join(", ", names) + "), but the model has " + outputs.size() + ": " + outputs
                    + ". Choose the decoder that matches the model.");
        }
    }
}
