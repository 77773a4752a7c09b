package dev.wayside.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.wayside.tflite.Quantization;
import dev.wayside.tflite.TensorDescription;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutputReaderTest {
    private final NDManager manager = Engine.getEngine("TFLite").newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void readsFloatsAsTheyAre() {
        assertArrayEquals(
                new float[] {1.5f, -2},
                read(
                        DataType.FLOAT32,
                        Quantization.NONE,
                        bytes(8).putFloat(1.5f).putFloat(-2)),
                0);
    }

    @Test
    void restoresRealNumbersFromUnsignedBytes() {
        Quantization quantization = new Quantization(0.5f, 100);
        assertArrayEquals(
                new float[] {-50, 0, 77.5f},
                read(
                        DataType.UINT8,
                        quantization,
                        bytes(3).put((byte) 0).put((byte) 100).put((byte) 255)),
                0);
    }

    @Test
    void restoresRealNumbersFromSignedBytes() {
        Quantization quantization = new Quantization(0.25f, -3);
        assertArrayEquals(
                new float[] {-31.25f, 0, 32.5f},
                read(
                        DataType.INT8,
                        quantization,
                        bytes(3).put((byte) -128).put((byte) -3).put((byte) 127)),
                0);
    }

    @Test
    void readsWholeNumbers() {
        assertArrayEquals(
                new float[] {7, -1},
                read(DataType.INT32, Quantization.NONE, bytes(8).putInt(7).putInt(-1)),
                0);
        assertArrayEquals(new float[] {7}, read(DataType.INT64, Quantization.NONE, bytes(8).putLong(7)), 0);
    }

    @Test
    void keepsItsArrays() {
        OutputReader reader = reader(DataType.FLOAT32, Quantization.NONE, 1);
        ByteBuffer value = bytes(4).putFloat(3).rewind();
        try (NDList list = new NDList(manager.create(value, new Shape(1), DataType.FLOAT32))) {
            assertSame(reader.read(list)[0], reader.read(list)[0]);
        }
    }

    @Test
    void refusesTypesThatDetectionModelsDoNotHave() {
        String message = assertThrows(ModelFolderException.class, () -> reader(DataType.BOOLEAN, Quantization.NONE, 1))
                .getMessage();
        assertTrue(message.contains("is of type boolean; supported are"), message);
    }

    private float[] read(DataType type, Quantization quantization, ByteBuffer content) {
        int size = content.rewind().capacity() / type.getNumOfBytes();
        try (NDList list = new NDList(manager.create(content, new Shape(size), type))) {
            return reader(type, quantization, size).read(list)[0];
        }
    }

    private static OutputReader reader(DataType type, Quantization quantization, int size) {
        return new OutputReader(List.of(new TensorDescription("scores", type, new Shape(size), quantization)));
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocateDirect(count).order(ByteOrder.nativeOrder());
    }
}
