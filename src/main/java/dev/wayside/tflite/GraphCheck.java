package dev.wayside.tflite;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Checks the values in a model file that TensorFlow Lite's own verifier does not check. The runtime trusts these
 * values, so a single flipped bit in one of them can crash the process.
 *
 * <p>Field numbers and codes are those of TensorFlow Lite's {@code schema.fbs}.
 */
final class GraphCheck {
    private static final int BUILTIN_CUSTOM = 32;

    /** CALL_ONCE, HASHTABLE, VAR_HANDLE: the built-in operations that need no input tensor. */
    private static final Set<Integer> WITHOUT_INPUTS = Set.of(129, 136, 142);

    /** The least and greatest zero point by tensor type: uint8, int8, int16, int32. */
    private static final Map<Integer, long[]> ZERO_POINTS = Map.of(
            3, new long[] {0, 255},
            9, new long[] {-128, 127},
            7, new long[] {Short.MIN_VALUE, Short.MAX_VALUE},
            2, new long[] {Integer.MIN_VALUE, Integer.MAX_VALUE});

    private final List<FlatTable> operationCodes;
    private final int buffers;

    private GraphCheck(FlatTable model) {
        operationCodes = model.tables(1);
        buffers = model.tables(4).size();
    }

    /**
     * Reads a file whose offsets have been verified.
     *
     * @throws IllegalArgumentException if the file is inconsistent; the message says where
     */
    static void check(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            MappedByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            FlatTable model = FlatTable.root(bytes);
            List<FlatTable> graphs = model.tables(2);
            require(!graphs.isEmpty(), "it contains no graph");
            GraphCheck check = new GraphCheck(model);
            graphs.forEach(check::graph);
            require(graphs.get(0).ints(1).length > 0, "its graph has no inputs");
            require(graphs.get(0).ints(2).length > 0, "its graph has no outputs");
        }
    }

    private void graph(FlatTable graph) {
        List<FlatTable> tensors = graph.tables(0);
        tensors.forEach(this::tensor);
        requireIndices("an input of the graph", graph.ints(1), 0, tensors.size());
        requireIndices("an output of the graph", graph.ints(2), 0, tensors.size());
        Set<Integer> notYetComputed = graph.tables(3).stream()
                .flatMapToInt(operator -> IntStream.of(operator.ints(2)))
                .boxed()
                .collect(Collectors.toCollection(HashSet::new));
        for (FlatTable operator : graph.tables(3)) {
            require(
                    IntStream.of(operator.ints(1)).noneMatch(notYetComputed::contains),
                    "an operation reads the output of itself or of a later operation");
            IntStream.of(operator.ints(2)).forEach(notYetComputed::remove);
            int code = operator.intField(0, 0);
            requireIndices("an operation's code", new int[] {code}, 0, operationCodes.size());
            requireIndices("an operation's input", operator.ints(1), -1, tensors.size());
            requireIndices("an operation's output", operator.ints(2), 0, tensors.size());
            // The operator code was one byte in old files. New files have both fields, and the greater one is valid.
            int operation = Math.max(
                    operationCodes.get(code).byteField(0, 0),
                    operationCodes.get(code).intField(3, 0));
            require(
                    operation == BUILTIN_CUSTOM
                            || WITHOUT_INPUTS.contains(operation)
                            || IntStream.of(operator.ints(1)).anyMatch(input -> input >= 0),
                    "operation " + operation + " has no input");
        }
    }

    private void tensor(FlatTable tensor) {
        int buffer = tensor.intField(2, 0);
        require(buffer >= 0 && buffer < Math.max(1, buffers), "a tensor refers to the missing buffer " + buffer);
        FlatTable quantization = tensor.table(4);
        if (quantization == null) {
            return;
        }
        double[] scales = quantization.floats(2);
        long[] zeroPoints = quantization.longs(3);
        require(
                Arrays.stream(scales).allMatch(scale -> scale >= 0 && Double.isFinite(scale)),
                "a tensor's quantisation scale is negative or not finite");
        require(
                zeroPoints.length == scales.length || zeroPoints.length == 1 || scales.length == 0,
                "a tensor has " + scales.length + " quantisation scales but " + zeroPoints.length + " zero points");
        require(
                scales.length != 1 || scales[0] == 0 || scales[0] >= Float.MIN_NORMAL,
                "a tensor's quantisation scale is too small to compute with");
        int[] shape = tensor.ints(0);
        int channelAxis = quantization.intField(6, 0);
        boolean otherScheme = quantization.byteField(4, 0) != 0;
        require(
                scales.length <= 1
                        || otherScheme
                        || channelAxis >= 0 && channelAxis < shape.length && scales.length == shape[channelAxis],
                "a tensor has " + scales.length + " quantisation scales, which is not its number of channels");
        long[] range = ZERO_POINTS.get(tensor.byteField(1, 0));
        for (long zeroPoint : zeroPoints) {
            require(
                    scales.length == 0 || range == null || zeroPoint >= range[0] && zeroPoint <= range[1],
                    "a tensor's zero point " + zeroPoint + " is out of the range of its type");
        }
    }

    private static void requireIndices(String what, int[] indices, int least, int size) {
        for (int index : indices) {
            require(
                    index >= least && index < size,
                    what + " has the index " + index + ", which is out of range (" + size + " entries)");
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
