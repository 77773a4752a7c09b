package dev.wayside.detect;

import java.util.ArrayList;
import java.util.List;

/**
 * The anchors of an SSD: boxes of several sizes and aspect ratios on grids from fine to coarse, as
 * {@code multiple_grid_anchor_generator.create_ssd_anchors} of the TensorFlow Object Detection API generates them.
 *
 * @param layers cells per side of each square grid, fine to coarse
 * @param scales the size of each grid's anchors, as a fraction of the input's side
 * @param ratios aspect ratios (width ÷ height) on every grid
 * @param interpolatedRatio the ratio of one more anchor per cell, whose scale is the geometric mean of this grid's and the next
 *     grid's; 0 for none
 * @param reduceLowestLayer whether the finest grid has only three anchors per cell: scale 0.1 ratio 1, its scale with ratio 2 and
 *     with ratio 0.5
 */
public record AnchorGrid(
        List<Integer> layers,
        List<Float> scales,
        List<Float> ratios,
        float interpolatedRatio,
        boolean reduceLowestLayer) {

    static AnchorGrid from(YamlSection yaml) {
        List<Float> sides = yaml.numbers("layers", 1, 512);
        if (sides.stream().anyMatch(side -> side != Math.rint(side))) {
            throw yaml.wrong("layers", "a list of whole numbers");
        }
        List<Float> scales = yaml.numbers("scales", 0.001, 2);
        if (scales.size() != sides.size()) {
            throw yaml.wrong("scales", "as many numbers as there are layers (" + sides.size() + ")");
        }
        AnchorGrid grid = new AnchorGrid(
                sides.stream().map(Float::intValue).toList(),
                scales,
                yaml.numbers("ratios", 0.01, 100),
                yaml.number("interpolated-ratio", 0, 100, 0),
                yaml.flag("reduce-lowest-layer", false));
        yaml.refuseUnknownKeys();
        return grid;
    }

    /**
     * Generates the anchors.
     *
     * @return centre y, centre x, height and width of each as fractions of the input, in the order of the model's
     *     outputs: grid, row, column, shape
     */
    float[] generate() {
        int count = 0;
        for (int layer = 0; layer < layers.size(); layer++) {
            count += layers.get(layer) * layers.get(layer) * shapes(layer).size();
        }
        float[] anchors = new float[4 * count];
        int at = 0;
        for (int layer = 0; layer < layers.size(); layer++) {
            int side = layers.get(layer);
            List<Anchor> shapes = shapes(layer);
            for (int row = 0; row < side; row++) {
                for (int column = 0; column < side; column++) {
                    for (Anchor shape : shapes) {
                        anchors[at++] = (row + 0.5f) / side;
                        anchors[at++] = (column + 0.5f) / side;
                        anchors[at++] = shape.height;
                        anchors[at++] = shape.width;
                    }
                }
            }
        }
        return anchors;
    }

    private List<Anchor> shapes(int layer) {
        float scale = scales.get(layer);
        if (layer == 0 && reduceLowestLayer) {
            return List.of(Anchor.of(0.1, 1), Anchor.of(scale, 2), Anchor.of(scale, 0.5));
        }
        List<Anchor> shapes = new ArrayList<>();
        for (float ratio : ratios) {
            shapes.add(Anchor.of(scale, ratio));
        }
        if (interpolatedRatio > 0) {
            double next = layer + 1 < scales.size() ? scales.get(layer + 1) : 1;
            shapes.add(Anchor.of(Math.sqrt(scale * next), interpolatedRatio));
        }
        return shapes;
    }

    private record Anchor(float width, float height) {
        static Anchor of(double scale, double ratio) {
            return new Anchor((float) (scale * Math.sqrt(ratio)), (float) (scale / Math.sqrt(ratio)));
        }
    }
}
