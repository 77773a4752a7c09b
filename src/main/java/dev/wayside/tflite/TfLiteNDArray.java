package dev.wayside.tflite;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrayAdapter;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A block of memory with a shape and a type: an input or output of a graph. It has no array operations.
 *
 * <p>A buffer taken by {@link #toByteBuffer} is a view. For a prediction's output it is a view of the interpreter's own
 * memory: read it before the same predictor predicts again, or call {@link #toByteBuffer} again afterwards.
 */
final class TfLiteNDArray extends NDArrayAdapter {
    private TensorStorage storage;

    TfLiteNDArray(NDManager manager, TensorStorage storage, Shape shape, DataType dataType) {
        super(manager, null, shape, dataType, NDManager.nextUid());
        manager.attachInternal(uid, this);
        this.storage = storage;
        storage.retain();
    }

    @Override
    public ByteBuffer toByteBuffer(boolean tryDirect) {
        return open().view();
    }

    @Override
    public void intern(NDArray replaced) {
        TensorStorage other = ((TfLiteNDArray) replaced).open();
        other.retain();
        open().release();
        storage = other;
    }

    @Override
    public void detach() {
        manager.detachInternal(getUid());
        manager = TfLiteNDManager.SYSTEM;
    }

    /** The same memory in another shape of the same size; one dimension may be {@code -1}. */
    @Override
    public NDArray reshape(Shape wanted) {
        long[] dimensions = wanted.getShape().clone();
        long known =
                LongStream.of(dimensions).filter(dimension -> dimension != -1).reduce(1, (a, b) -> a * b);
        for (int i = 0; i < dimensions.length && known > 0; i++) {
            if (dimensions[i] == -1) {
                dimensions[i] = shape.size() / known;
                known = shape.size();
            }
        }
        Shape resolved = new Shape(dimensions);
        if (LongStream.of(dimensions).anyMatch(dimension -> dimension < 0) || resolved.size() != shape.size()) {
            throw new IllegalArgumentException("An array of shape " + shape + " cannot be reshaped to " + wanted + ".");
        }
        return new TfLiteNDArray(manager, open(), resolved, dataType);
    }

    @Override
    public NDArray flatten() {
        return reshape(new Shape(shape.size()));
    }

    @Override
    public NDArray expandDims(int axis) {
        int at = axis < 0 ? shape.dimension() + 1 + axis : axis;
        return reshape(shape.slice(0, at).add(1).addAll(shape.slice(at)));
    }

    @Override
    public NDArray squeeze(int[] axes) {
        Set<Integer> dropped = new HashSet<>();
        for (int axis : axes) {
            int at = axis < 0 ? shape.dimension() + axis : axis;
            if (shape.get(at) != 1) {
                throw new IllegalArgumentException("Axis " + axis + " of shape " + shape + " is not of length 1.");
            }
            dropped.add(at);
        }
        return reshape(new Shape(IntStream.range(0, shape.dimension())
                .filter(axis -> !dropped.contains(axis))
                .mapToLong(axis -> shape.get(axis))
                .toArray()));
    }

    @Override
    public void close() {
        if (storage != null) {
            storage.release();
            storage = null;
        }
        super.close();
    }

    private TensorStorage open() {
        if (storage == null) {
            throw new IllegalStateException("The array" + (name == null ? "" : " " + name) + " is closed.");
        }
        return storage;
    }
}
