package dev.wayside.detect;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import dev.wayside.tflite.Quantization;
import dev.wayside.tflite.TensorDescription;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Converts a model's outputs to {@code float[]} arrays that are reused from frame to frame. This copies less than a
 * megabyte, and keeps decoders plain loops whatever the types of the outputs.
 */
final class OutputReader {
    private static final Set<DataType> READABLE =
            EnumSet.of(DataType.FLOAT32, DataType.UINT8, DataType.INT8, DataType.INT32, DataType.INT64);

    private final List<TensorDescription> outputs;
    private final float[][] values;
    /** For each quantised output: the real number that each stored byte represents. */
    private final float[][] tables;

    /**
     * Reads outputs of these types.
     *
     * @throws ModelFolderException if the type of an output is not supported
     */
    OutputReader(List<TensorDescription> outputs) {
        this.outputs = outputs;
        values = new float[outputs.size()][0];
        tables = new float[outputs.size()][];
        for (int i = 0; i < outputs.size(); i++) {
            DataType type = outputs.get(i).dataType();
            if (!READABLE.contains(type)) {
                throw new ModelFolderException("the output " + outputs.get(i) + " is of type " + type
                        + "; supported are " + READABLE + ". Export the model with one of these.");
            }
            if (type == DataType.UINT8 || type == DataType.INT8) {
                tables[i] = table(type, outputs.get(i).quantization());
            }
        }
    }

    /** All values of each output, row by row; valid until the next call. */
    float[][] read(NDList arrays) {
        for (int i = 0; i < values.length; i++) {
            NDArray array = arrays.get(i);
            int size = Math.toIntExact(array.size());
            if (values[i].length != size) {
                values[i] = new float[size];
            }
            ByteBuffer bytes = array.toByteBuffer(true).order(ByteOrder.nativeOrder());
            copy(bytes, i);
        }
        return values;
    }

    private void copy(ByteBuffer bytes, int output) {
        float[] target = values[output];
        switch (outputs.get(output).dataType()) {
            case FLOAT32 -> bytes.asFloatBuffer().get(target);
            case INT32 -> {
                for (int i = 0; i < target.length; i++) {
                    target[i] = bytes.getInt(Integer.BYTES * i);
                }
            }
            case INT64 -> {
                for (int i = 0; i < target.length; i++) {
                    target[i] = bytes.getLong(Long.BYTES * i);
                }
            }
            default -> {
                float[] table = tables[output];
                for (int i = 0; i < target.length; i++) {
                    target[i] = table[bytes.get(i) & 0xFF];
                }
            }
        }
    }

    private static float[] table(DataType type, Quantization quantization) {
        float[] table = new float[256];
        for (int bits = 0; bits < table.length; bits++) {
            table[bits] = quantization.dequantize(type == DataType.INT8 ? (byte) bits : bits);
        }
        return table;
    }
}
