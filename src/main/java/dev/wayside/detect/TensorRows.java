package dev.wayside.detect;

import ai.djl.ndarray.types.DataType;
import dev.wayside.detect.ModelInput.Channels;
import dev.wayside.tflite.Quantization;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * Writes rows of packed pixels into a tensor. A lookup table converts each value to {@code (value − mean) ÷ std} of its
 * colour, quantised if the tensor is.
 */
abstract sealed class TensorRows {
    private static final int COLOURS = 3;
    private static final int VALUES = 256;

    final int width;
    final int height;
    final boolean planes;

    private TensorRows(ModelInput input) {
        width = input.width();
        height = input.height();
        planes = input.channels() == Channels.FIRST;
    }

    /**
     * Creates the writer for a tensor.
     *
     * @return null if the tensor takes the packed bytes unchanged
     */
    static TensorRows over(ByteBuffer tensor, ModelInput input, Quantization quantization) {
        if (input.type() == DataType.FLOAT32) {
            return new Floats(tensor, input);
        }
        boolean asTheyAre = input.type() == DataType.UINT8 && !input.normalises();
        if (asTheyAre && input.channels() == Channels.LAST) {
            return null;
        }
        return new Bytes(tensor, input, quantization);
    }

    /**
     * Writes one row.
     *
     * @param y from the top
     * @param pixels three bytes per pixel in the colour order of the input
     */
    abstract void write(int y, byte[] pixels);

    private static float normalised(ModelInput input, int colour, int value) {
        return (value - input.mean().get(colour)) / input.std().get(colour);
    }

    private static final class Floats extends TensorRows {
        private final float[][] tables = new float[COLOURS][VALUES];
        private final FloatBuffer target;
        private final float[] line;

        Floats(ByteBuffer tensor, ModelInput input) {
            super(input);
            target = tensor.asFloatBuffer();
            line = new float[planes ? width : width * COLOURS];
            for (int colour = 0; colour < COLOURS; colour++) {
                for (int value = 0; value < VALUES; value++) {
                    tables[colour][value] = normalised(input, colour, value);
                }
            }
        }

        @Override
        void write(int y, byte[] pixels) {
            if (planes) {
                for (int colour = 0; colour < COLOURS; colour++) {
                    fill(colour, 1, 0, pixels);
                    target.put((colour * height + y) * width, line);
                }
            } else {
                for (int colour = 0; colour < COLOURS; colour++) {
                    fill(colour, COLOURS, colour, pixels);
                }
                target.put(y * width * COLOURS, line);
            }
        }

        private void fill(int colour, int step, int at, byte[] pixels) {
            float[] table = tables[colour];
            for (int source = colour, to = at; source < pixels.length; source += COLOURS, to += step) {
                line[to] = table[pixels[source] & 0xFF];
            }
        }
    }

    private static final class Bytes extends TensorRows {
        private final byte[][] tables = new byte[COLOURS][VALUES];
        private final ByteBuffer target;
        private final byte[] line;

        Bytes(ByteBuffer tensor, ModelInput input, Quantization quantization) {
            super(input);
            target = tensor;
            line = new byte[planes ? width : width * COLOURS];
            int lowest = input.type() == DataType.INT8 ? Byte.MIN_VALUE : 0;
            for (int colour = 0; colour < COLOURS; colour++) {
                for (int value = 0; value < VALUES; value++) {
                    int stored = input.normalises()
                            ? quantization.quantize(normalised(input, colour, value))
                            : value + lowest;
                    tables[colour][value] = (byte) Math.max(lowest, Math.min(lowest + VALUES - 1, stored));
                }
            }
        }

        @Override
        void write(int y, byte[] pixels) {
            for (int colour = 0; colour < COLOURS; colour++) {
                byte[] table = tables[colour];
                int to = planes ? 0 : colour;
                int step = planes ? 1 : COLOURS;
                for (int source = colour; source < pixels.length; source += COLOURS, to += step) {
                    line[to] = table[pixels[source] & 0xFF];
                }
                if (planes) {
                    target.put((colour * height + y) * width, line);
                }
            }
            if (!planes) {
                target.put(y * width * COLOURS, line);
            }
        }
    }
}
