package dev.wayside.tflite;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.stream.LongStream;
import org.bytedeco.tensorflowlite.TfLiteIntArray;
import org.bytedeco.tensorflowlite.TfLiteQuantizationParams;
import org.bytedeco.tensorflowlite.TfLiteTensor;
import org.bytedeco.tensorflowlite.global.tensorflowlite;

/**
 * What a model file says about one of its inputs or outputs.
 *
 * @param name the tensor's name in the file
 * @param dataType the type of its elements
 * @param shape its dimensions, {@code -1} for a dynamic dimension
 * @param quantization how the elements represent real numbers; {@link Quantization#NONE} if the tensor is not quantised
 */
public record TensorDescription(String name, DataType dataType, Shape shape, Quantization quantization) {
    private static final Map<Integer, DataType> TYPES = Map.ofEntries(
            Map.entry(tensorflowlite.kTfLiteFloat32, DataType.FLOAT32),
            Map.entry(tensorflowlite.kTfLiteFloat16, DataType.FLOAT16),
            Map.entry(tensorflowlite.kTfLiteBFloat16, DataType.BFLOAT16),
            Map.entry(tensorflowlite.kTfLiteFloat64, DataType.FLOAT64),
            Map.entry(tensorflowlite.kTfLiteInt8, DataType.INT8),
            Map.entry(tensorflowlite.kTfLiteUInt8, DataType.UINT8),
            Map.entry(tensorflowlite.kTfLiteInt16, DataType.INT16),
            Map.entry(tensorflowlite.kTfLiteUInt16, DataType.UINT16),
            Map.entry(tensorflowlite.kTfLiteInt32, DataType.INT32),
            Map.entry(tensorflowlite.kTfLiteUInt32, DataType.UINT32),
            Map.entry(tensorflowlite.kTfLiteInt64, DataType.INT64),
            Map.entry(tensorflowlite.kTfLiteUInt64, DataType.UINT64),
            Map.entry(tensorflowlite.kTfLiteBool, DataType.BOOLEAN));

    /** Whether the elements are quantised. */
    public boolean isQuantized() {
        return !quantization.equals(Quantization.NONE);
    }

    /** Whether the model accepts this shape: the same rank and, apart from dynamic dimensions, the same dimensions. */
    boolean accepts(Shape given) {
        if (given.dimension() != shape.dimension()) {
            return false;
        }
        for (int i = 0; i < shape.dimension(); i++) {
            if (given.get(i) != shape.get(i) && (shape.get(i) != -1 || given.get(i) < 1)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a dimension is dynamic. */
    boolean isDynamic() {
        return LongStream.of(shape.getShape()).anyMatch(dimension -> dimension == -1);
    }

    @Override
    public String toString() {
        return name + " " + dataType + shape;
    }

    /** @throws IllegalArgumentException if Java has no array of the tensor's type (strings, resources, 4-bit integers) */
    static TensorDescription of(TfLiteTensor tensor) {
        String name = tensorflowlite.TfLiteTensorName(tensor).getString();
        DataType dataType = TYPES.get(tensorflowlite.TfLiteTensorType(tensor));
        if (dataType == null) {
            throw new IllegalArgumentException("the tensor " + name + " is of type "
                    + tensorflowlite.TfLiteTypeGetName(tensorflowlite.TfLiteTensorType(tensor))
                            .getString() + ", which has no counterpart in DJL");
        }
        TfLiteQuantizationParams parameters = tensorflowlite.TfLiteTensorQuantizationParams(tensor);
        Quantization quantization = parameters.scale() == 0
                ? Quantization.NONE
                : new Quantization(parameters.scale(), parameters.zero_point());
        return new TensorDescription(name, dataType, signature(tensor), quantization);
    }

    /** The current dimensions. */
    static Shape currentShape(TfLiteTensor tensor) {
        long[] dimensions = new long[tensorflowlite.TfLiteTensorNumDims(tensor)];
        for (int i = 0; i < dimensions.length; i++) {
            dimensions[i] = tensorflowlite.TfLiteTensorDim(tensor, i);
        }
        return new Shape(dimensions);
    }

    /** The shape with -1 for dynamic dimensions. Tensors without any have no such signature, only their dimensions. */
    private static Shape signature(TfLiteTensor tensor) {
        TfLiteIntArray signature = tensor.dims_signature();
        if (signature == null || signature.isNull() || signature.size() == 0) {
            return currentShape(tensor);
        }
        long[] dimensions = new long[signature.size()];
        for (int i = 0; i < dimensions.length; i++) {
            dimensions[i] = signature.data(i);
        }
        return new Shape(dimensions);
    }
}
