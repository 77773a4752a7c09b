package dev.wayside.tflite;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.Interpreter;
import org.bytedeco.tensorflowlite.TfLiteCustomAllocation;
import org.bytedeco.tensorflowlite.TfLiteTensor;
import org.bytedeco.tensorflowlite.global.tensorflowlite;

/** Native memory for one tensor, aligned as TensorFlow Lite asks, freed by {@link #close} and not by garbage collection. */
final class TensorMemory implements AutoCloseable {
    /** TensorFlow Lite's {@code kDefaultTensorAlignment}. */
    private static final int ALIGNMENT = 64;

    /** XNNPACK's kernels may read, but do not use, bytes past the end of a tensor: {@code XNN_EXTRA_BYTES}. */
    private static final int READ_AHEAD = 256;

    private final BytePointer block;
    private final ByteBuffer view;

    /** @throws OutOfMemoryError if the memory cannot be allocated, or exceeds the 2 GiB limit of a buffer */
    TensorMemory(long bytes) {
        if (bytes > Integer.MAX_VALUE) {
            throw new OutOfMemoryError("a tensor of " + bytes + " bytes exceeds the 2 GiB limit of a buffer");
        }
        block = new BytePointer(bytes + ALIGNMENT + READ_AHEAD);
        view = block.asByteBuffer()
                .alignedSlice(ALIGNMENT)
                .limit((int) bytes)
                .slice()
                .order(ByteOrder.nativeOrder());
        while (view.hasRemaining()) {
            view.put((byte) 0);
        }
        view.rewind();
    }

    /**
     * Allocates memory and assigns it to one of an interpreter's tensors.
     *
     * @param index of the tensor in the interpreter
     * @throws IllegalArgumentException if the interpreter refuses the memory
     */
    static TensorMemory of(Interpreter interpreter, int index, TfLiteTensor tensor) {
        long bytes = tensorflowlite.TfLiteTensorByteSize(tensor);
        TensorMemory memory = new TensorMemory(bytes);
        try (TfLiteCustomAllocation allocation = new TfLiteCustomAllocation()) {
            allocation.data(new Pointer(memory.view())).bytes(bytes);
            if (interpreter.SetCustomAllocationForTensor(index, allocation) != tensorflowlite.kTfLiteOk) {
                memory.close();
                throw new IllegalArgumentException("the interpreter refuses memory for its tensor "
                        + tensorflowlite.TfLiteTensorName(tensor).getString());
            }
        }
        return memory;
    }

    /** All of the memory, from position 0, in native order; must not be used after {@link #close}. */
    ByteBuffer view() {
        return view.duplicate().order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() {
        block.close();
    }
}
