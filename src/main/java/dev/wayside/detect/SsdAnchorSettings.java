package dev.wayside.detect;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Settings of the decoder {@code ssd-anchors}: a model that gives raw box encodings and class logits per anchor.
 *
 * @param anchors the grids of anchors
 * @param boxScales the divisors of the encodings ty, tx, th, tw
 * @param background the class number of the background, or -1 if there is none
 * @param softmax whether scores are the softmax over all classes; otherwise each is the sigmoid of its logit
 * @param outputs the order of the outputs {@code boxes} and {@code scores}
 */
public record SsdAnchorSettings(
        AnchorGrid anchors, List<Float> boxScales, int background, boolean softmax, List<String> outputs)
        implements DecoderSettings {
    private static final List<String> OUTPUTS = List.of("boxes", "scores");

    static SsdAnchorSettings from(YamlSection yaml) {
        int background = yaml.whole("background", -1, 10_000, 0);
        boolean softmax = yaml.choice("activation", List.of("sigmoid", "softmax"), "sigmoid")
                .equals("softmax");
        if (softmax && background < 0) {
            throw yaml.wrong("background", "a class number from 0, because softmax needs a background class");
        }
        return new SsdAnchorSettings(
                AnchorGrid.from(yaml.section("anchors")),
                yaml.has("box-scales") ? yaml.numbers("box-scales", 0.01, 1000, 4) : List.of(10f, 10f, 5f, 5f),
                background,
                softmax,
                yaml.order("outputs", OUTPUTS));
    }

    @Override
    public Decoder decoder(List<Shape> shapes, ModelInput input, int labels) {
        DecoderSettings.requireOutputs("ssd-anchors", shapes, OUTPUTS);
        int boxes = outputs.indexOf("boxes");
        int scores = outputs.indexOf("scores");
        float[] generated = anchors.generate();
        int count = generated.length / 4;
        if (shapes.get(boxes).size() != 4L * count) {
            throw new ModelFolderException("the output boxes has shape " + shapes.get(boxes)
                    + ", but decoder.anchors gives " + count + " anchors and needs [1, " + count
                    + ", 4]; set layers, ratios and reduce-lowest-layer to match the model.");
        }
        if (shapes.get(scores).size() != (long) labels * count) {
            throw new ModelFolderException("the output scores has shape " + shapes.get(scores) + ", but with " + labels
                    + " labels and " + count + " anchors it must be [1, " + count + ", " + labels
                    + "]; the labels file needs a line for every class, including the background (???).");
        }
        if (background >= labels) {
            throw new ModelFolderException("decoder.background is " + background
                    + ", but the labels file has only lines 0 to " + (labels - 1) + ".");
        }
        return new SsdAnchorDecoder(this, generated, labels);
    }
}
