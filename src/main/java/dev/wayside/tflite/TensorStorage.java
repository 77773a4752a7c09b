package dev.wayside.tflite;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.tensorflowlite.TfLiteTensor;
import org.bytedeco.tensorflowlite.global.tensorflowlite;

/**
 * The memory behind one or more arrays (an array and its reshaped forms).
 *
 * <p>An interpreter lends its output memory to arrays instead of copying it. Before it overwrites or frees that memory,
 * it calls {@link #preserve}, which gives arrays that are still open a copy of their own. So the contents of an open
 * array never change and are never freed. Usually all arrays are closed by then, and nothing is copied.
 */
final class TensorStorage {
    private ByteBuffer memory;
    private int users;

    /** @param memory used from position to limit; referenced, not copied */
    TensorStorage(ByteBuffer memory) {
        this.memory = memory.slice().order(ByteOrder.nativeOrder());
    }

    /** A copy of a tensor whose memory the interpreter manages itself. */
    static TensorStorage copyOf(TfLiteTensor tensor) {
        int bytes = Math.toIntExact(tensorflowlite.TfLiteTensorByteSize(tensor));
        ByteBuffer copy = ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
        if (bytes > 0) {
            new BytePointer(tensorflowlite.TfLiteTensorData(tensor)).get(copy.array());
        }
        return new TensorStorage(copy);
    }

    synchronized ByteBuffer view() {
        return memory.duplicate().order(ByteOrder.nativeOrder());
    }

    synchronized void retain() {
        users++;
    }

    synchronized void release() {
        users--;
    }

    synchronized void preserve() {
        if (users > 0) {
            ByteBuffer copy = ByteBuffer.allocate(memory.capacity()).order(ByteOrder.nativeOrder());
            copy.put(memory.duplicate()).rewind();
            memory = copy;
        }
    }
}
