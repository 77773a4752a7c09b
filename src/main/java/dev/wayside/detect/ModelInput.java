package dev.wayside.detect;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.wayside.frame.PixelLayout;
import java.util.List;
import java.util.Locale;

/**
 * How a picture becomes the model's input: the section {@code input} of {@code model.yaml}.
 *
 * @param width of the input, pixels
 * @param height of the input, pixels
 * @param type of the input's elements: FLOAT32, UINT8 or INT8
 * @param channels whether the three colours of a pixel are interleaved (LAST: shape 1, height, width, 3) or planar
 *     (FIRST: 1, 3, height, width)
 * @param colour the order of the colours
 * @param mean per colour, in the order of {@code colour}: subtracted from a value of 0..255; empty if the model takes
 *     raw bytes
 * @param std per colour: the divisor of that difference; empty if the model takes raw bytes
 * @param fit how a picture of another aspect ratio is fitted in
 */
public record ModelInput(
        int width,
        int height,
        DataType type,
        Channels channels,
        PixelLayout colour,
        List<Float> mean,
        List<Float> std,
        Fit fit) {

    /** The memory layout of the colours. */
    public enum Channels {
        /** Interleaved: 1, height, width, 3. */
        LAST,
        /** Planar: 1, 3, height, width. */
        FIRST
    }

    static ModelInput from(YamlSection yaml) {
        int width = yaml.whole("width", 8, 4096);
        int height = yaml.whole("height", 8, 4096);
        DataType type = DataType.valueOf(
                yaml.choice("type", List.of("float32", "uint8", "int8")).toUpperCase(Locale.ROOT));
        Channels channels =
                yaml.choice("layout", List.of("NHWC", "NCHW"), "NHWC").equals("NHWC") ? Channels.LAST : Channels.FIRST;
        PixelLayout colour = PixelLayout.valueOf(yaml.choice("colour", List.of("RGB", "BGR"), "RGB"));
        boolean normalises = type == DataType.FLOAT32 || yaml.has("mean") || yaml.has("std");
        List<Float> mean = normalises ? yaml.numbers("mean", -1e6, 1e6, 3) : List.of();
        List<Float> std = normalises ? yaml.numbers("std", 1e-6, 1e6, 3) : List.of();
        Fit fit = Fit.from(yaml);
        yaml.refuseUnknownKeys();
        return new ModelInput(width, height, type, channels, colour, mean, std, fit);
    }

    /** Whether values are normalised. If not, a quantised input takes the raw byte (INT8: minus 128). */
    public boolean normalises() {
        return !std.isEmpty();
    }

    /** The input's shape. */
    public Shape shape() {
        return channels == Channels.LAST ? new Shape(1, height, width, 3) : new Shape(1, 3, height, width);
    }
}
