package dev.wayside.detect;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Settings of the decoder {@code yolox}.
 *
 * @param strides pixels per grid cell of each level, fine to coarse
 * @param sigmoid whether objectness and class scores are logits; exported models usually give probabilities
 */
public record YoloxSettings(List<Integer> strides, boolean sigmoid) implements DecoderSettings {
    static YoloxSettings from(YamlSection yaml) {
        List<Float> strides = yaml.has("strides") ? yaml.numbers("strides", 1, 512) : List.of(8f, 16f, 32f);
        if (strides.stream().anyMatch(stride -> stride != Math.rint(stride))) {
            throw yaml.wrong("strides", "a list of whole numbers");
        }
        return new YoloxSettings(
                strides.stream().map(Float::intValue).toList(),
                yaml.choice("activation", List.of("none", "sigmoid"), "none").equals("sigmoid"));
    }

    @Override
    public Decoder decoder(List<Shape> shapes, ModelInput input, int labels) {
        DecoderSettings.requireOutputs("yolox", shapes, List.of("predictions"));
        for (int stride : strides) {
            if (input.width() % stride != 0 || input.height() % stride != 0) {
                throw new ModelFolderException("decoder.strides has " + stride + ", which does not divide the input of "
                        + input.width() + "x" + input.height() + ".");
            }
        }
        int cells = 0;
        for (int stride : strides) {
            cells += (input.width() / stride) * (input.height() / stride);
        }
        if (shapes.get(0).size() != (long) cells * (YoloxDecoder.BEFORE_CLASSES + labels)) {
            throw new ModelFolderException("the output has shape " + shapes.get(0) + ", but strides " + strides + " on "
                    + input.width() + "x" + input.height() + " give " + cells + " cells and " + labels
                    + " labels need [1, " + cells + ", " + (YoloxDecoder.BEFORE_CLASSES + labels)
                    + "]; correct decoder.strides or the labels file.");
        }
        return new YoloxDecoder(this, input, labels);
    }
}
