package dev.wayside.tflite;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Creates arrays over memory and closes them together. A predictor's manager also owns the predictor's block. */
class TfLiteNDManager extends BaseNDManager {
    /** The root of all others; lives as long as the process. */
    static final TfLiteNDManager SYSTEM = new SystemManager();

    private final TfLiteSymbolBlock block;

    private TfLiteNDManager(NDManager parent, Device device, TfLiteSymbolBlock block) {
        super(parent, device);
        this.block = block;
    }

    /** A manager from which {@link TfLiteSymbolBlock#of} gets {@code block}; closing the manager closes the block. */
    static TfLiteNDManager owning(TfLiteSymbolBlock block, Device device) {
        TfLiteNDManager manager = new TfLiteNDManager(SYSTEM, device, block);
        manager.setName("predictor");
        manager.attachInternal(NDManager.nextUid(), block);
        SYSTEM.attachInternal(manager.uid, manager);
        return manager;
    }

    /** The block of the predictor that this manager was made for, null for other managers. */
    TfLiteSymbolBlock block() {
        return block;
    }

    @Override
    public ByteBuffer allocateDirect(int capacity) {
        return ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
    }

    @Override
    public NDArray from(NDArray array) {
        if (array == null || array instanceof TfLiteNDArray) {
            return array;
        }
        return create(array.toByteBuffer(), array.getShape(), array.getDataType());
    }

    /**
     * Creates an array. A direct byte buffer is referenced, not copied, and must be in native order and outlive the
     * array. Any other buffer is copied from its position.
     *
     * @throws IllegalArgumentException if the buffer is too small for the shape, of another element type, or direct and
     *     not in native order
     */
    @Override
    public NDArray create(Buffer data, Shape shape, DataType dataType) {
        int elements = Math.toIntExact(shape.size());
        BaseNDManager.validateBuffer(data, dataType, elements);
        if (data instanceof ByteBuffer bytes && bytes.isDirect()) {
            if (bytes.order() != ByteOrder.nativeOrder() && dataType.getNumOfBytes() > 1) {
                throw new IllegalArgumentException(
                        "A direct buffer for an array of " + dataType + " must be in native order ("
                                + ByteOrder.nativeOrder() + "), but this one is " + bytes.order() + ".");
            }
            return new TfLiteNDArray(this, new TensorStorage(bytes), shape, dataType);
        }
        ByteBuffer copy = allocateDirect(Math.multiplyExact(elements, dataType.getNumOfBytes()));
        copyBuffer(data, copy);
        return new TfLiteNDArray(this, new TensorStorage(copy), shape, dataType);
    }

    @Override
    public NDManager newSubManager(Device device) {
        TfLiteEngine.requireProcessor(device);
        TfLiteNDManager child = new TfLiteNDManager(this, device, null);
        attachInternal(child.uid, child);
        return child;
    }

    @Override
    public Engine getEngine() {
        return Engine.getEngine(TfLiteEngine.NAME);
    }

    private static final class SystemManager extends TfLiteNDManager implements SystemNDManager {
        SystemManager() {
            super(null, Device.cpu(), null);
        }
    }
}
