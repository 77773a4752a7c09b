package dev.wayside.detect;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Settings of the decoder {@code ssd-anchors}: a model that gives raw box encodings and class logits per anchor.
 *
 * @param anchors how the anchors lie
 * @param boxScales what the encodings ty, tx, th, tw are divided by
 * @param background the class number that means nothing, or -1
 * @param softmax whether logits become scores by softmax over the classes; otherwise each by its own sigmoid
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
            throw yaml.wrong(
                    "background", "a class number from 0, because softmax scores are taken against the background");
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
        float[] laid = anchors.lay();
        int count = laid.length / 4;
        if (shapes.get(boxes).size() != 4L * count) {
            throw new ModelFolderException("the output boxes has shape " + shapes.get(boxes)
                    + ", but decoder.anchors lays " + count + " anchors and needs [1, " + count
                    + ", 4]; set layers, ratios and reduce-lowest-layer as the model was trained.");
        }
        if (shapes.get(scores).size() != (long) labels * count) {
            throw new ModelFolderException("the output scores has shape " + shapes.get(scores) + ", but with " + labels
                    + " labels and " + count + " anchors it must be [1, " + count + ", " + labels
                    + "]; the labels file needs a line for every class, the background too (???).");
        }
        if (background >= labels) {
            throw new ModelFolderException("decoder.background is " + background
                    + ", but the labels file has only lines 0 to " + (labels - 1) + ".");
        }
        return new SsdAnchorDecoder(this, laid, labels);
    }
}
