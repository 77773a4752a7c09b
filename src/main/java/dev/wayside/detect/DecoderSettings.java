package dev.wayside.detect;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/** The section {@code decoder} of {@code model.yaml}: which decoder, and how it is set up. */
public sealed interface DecoderSettings permits SsdAnchorSettings, DetectionPostprocessSettings, YoloxSettings {
    /**
     * Sets up a decoder for a model.
     *
     * @param outputs shapes of the model's outputs in the model's order
     * @param input the model's input
     * @param labels how many lines the labels file has
     * @throws ModelFolderException if outputs, labels and settings don't fit together
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
        yaml.refuseOthers();
        return settings;
    }

    /** Refuses a model whose outputs are not as many as the decoder reads. */
    static void requireOutputs(String decoder, List<Shape> outputs, List<String> names) {
        if (outputs.size() != names.size()) {
            throw new ModelFolderException("the decoder " + decoder + " reads " + names.size() + " outputs ("
                    + String.join(", ", names) + "), but the model has " + outputs.size() + ": " + outputs
                    + ". Choose the decoder that suits the model.");
        }
    }
}
