package dev.wayside.tflite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Writes {@code .tflite} files of one operation, with the types, dynamic dimensions and quantisation that the available
 * real models lack. Field numbers, type and operation codes are those of TensorFlow Lite's {@code schema.fbs}.
 */
record TinyModel(int operation, String customOperation, List<Tensor> inputs, Tensor output) {
    static final int ADD = 0;
    static final int DEQUANTIZE = 6;
    static final int CUSTOM = 32;
    static final int NEG = 59;
    static final int LOGICAL_NOT = 87;
    static final int ABS = 101;
    static final int QUANTIZE = 114;

    static final int FLOAT32 = 0;
    static final int FLOAT16 = 1;
    static final int INT32 = 2;
    static final int UINT8 = 3;
    static final int INT64 = 4;
    static final int STRING = 5;
    static final int BOOL = 6;
    static final int INT8 = 9;

    /** A tensor; {@code -1} in its shape is a dynamic dimension; scale 0 means not quantised. */
    record Tensor(String name, int type, float scale, int zeroPoint, int... shape) {
        static Tensor of(String name, int type, int... shape) {
            return new Tensor(name, type, 0, 0, shape);
        }

        private Map<Integer, Object> table() {
            Map<Integer, Object> fields = new HashMap<>();
            fields.put(0, IntStream.of(shape).map(d -> d == -1 ? 1 : d).toArray());
            fields.put(1, type);
            fields.put(2, 0);
            fields.put(3, name);
            if (scale != 0) {
                fields.put(4, Map.of(2, new float[] {scale}, 3, new long[] {zeroPoint}));
            }
            if (IntStream.of(shape).anyMatch(d -> d == -1)) {
                fields.put(7, shape);
            }
            return fields;
        }
    }

    static TinyModel of(int operation, Tensor output, Tensor... inputs) {
        return new TinyModel(operation, null, List.of(inputs), output);
    }

    byte[] bytes() {
        Map<Integer, Object> code = new HashMap<>(Map.of(0, Math.min(operation, 127), 2, 1, 3, operation));
        if (customOperation != null) {
            code.put(1, customOperation);
        }
        int[] from = IntStream.range(0, inputs.size()).toArray();
        int[] to = {inputs.size()};
        List<Map<Integer, Object>> tensors = new ArrayList<>();
        inputs.forEach(input -> tensors.add(input.table()));
        tensors.add(output.table());
        Map<Integer, Object> operator = Map.of(0, 0, 1, from, 2, to);
        Map<Integer, Object> subgraph = Map.of(0, tensors, 1, from, 2, to, 3, List.of(operator), 4, "main");
        return FlatBufferWriter.write(
                "TFL3", Map.of(0, 3, 1, List.of(code), 2, List.of(subgraph), 3, "tiny", 4, List.of(Map.of())));
    }

    Path writeTo(Path file) throws IOException {
        return Files.write(file, bytes());
    }
}
