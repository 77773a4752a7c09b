package dev.wayside.detect;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Settings of the decoder {@code detection-postprocess}: a model that ends in the operator TFLite_Detection_PostProcess.
 *
 * @param labelOffset added to the model's class number to get the line of the labels file, counted from 0
 * @param outputs the order of the outputs {@code boxes}, {@code classes}, {@code scores} and {@code count}
 */
public record DetectionPostprocessSettings(int labelOffset, List<String> outputs) implements DecoderSettings {
    private static final List<String> OUTPUTS = List.of("boxes", "classes", "scores", "count");

    static DetectionPostprocessSettings from(YamlSection yaml) {
        return new DetectionPostprocessSettings(yaml.whole("label-offset", -1, 1, 0), yaml.order("outputs", OUTPUTS));
    }

    @Override
    public Decoder decoder(List<Shape> shapes, ModelInput input, int labels) {
        DecoderSettings.requireOutputs("detection-postprocess", shapes, OUTPUTS);
        long boxes = shapes.get(outputs.indexOf("scores")).size();
        if (shapes.get(outputs.indexOf("boxes")).size() != 4 * boxes
                || shapes.get(outputs.indexOf("classes")).size() != boxes
                || shapes.get(outputs.indexOf("count")).size() != 1) {
            throw new ModelFolderException("the outputs " + outputs + " have shapes " + shapes
                    + "; they must be boxes [1, n, 4], classes [1, n], scores [1, n] and count [1]."
                    + " Set decoder.outputs to the model's order.");
        }
        return new DetectionPostprocessDecoder(this, (int) boxes);
    }
}
