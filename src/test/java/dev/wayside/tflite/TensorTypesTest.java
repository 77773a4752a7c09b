package dev.wayside.tflite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.ZooModel;
import dev.wayside.tflite.TinyModel.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("arm64")
class TensorTypesTest {
    @TempDir
    private Path folder;

    @Test
    void takesFloat16() throws Exception {
        TinyModel model = TinyModel.of(
                TinyModel.DEQUANTIZE, Tensor.of("real", TinyModel.FLOAT32, 3), Tensor.of("half", TinyModel.FLOAT16, 3));
        ByteBuffer halves = ByteBuffer.allocateDirect(6).order(ByteOrder.nativeOrder());
        halves.putShort((short) 0x3C00)
                .putShort((short) 0xC000)
                .putShort((short) 0x3800)
                .rewind();
        run(model, (block, predictor, manager) -> {
            NDArray out = predictor
                    .predict(new NDList(manager.create(halves, new Shape(3), DataType.FLOAT16)))
                    .singletonOrThrow();
            assertArrayEquals(new float[] {1, -2, 0.5f}, out.toFloatArray());
        });
    }

    @Test
    void describesTheQuantisationOfInt8() throws Exception {
        assertQuantizes(TinyModel.INT8, DataType.INT8, -3);
    }

    @Test
    void describesTheQuantisationOfUint8() throws Exception {
        assertQuantizes(TinyModel.UINT8, DataType.UINT8, 128);
    }

    private void assertQuantizes(int type, DataType dataType, int zeroPoint) throws Exception {
        TinyModel model = TinyModel.of(
                TinyModel.QUANTIZE,
                new Tensor("stored", type, 0.5f, zeroPoint, 4),
                Tensor.of("real", TinyModel.FLOAT32, 4));
        run(model, (block, predictor, manager) -> {
            TensorDescription output = block.outputs().get(0);
            assertEquals(
                    new TensorDescription("stored", dataType, new Shape(4), new Quantization(0.5f, zeroPoint)), output);
            assertTrue(output.isQuantized());
            assertFalse(block.inputs().get(0).isQuantized());
            float[] real = {0, 1, -2.5f, 10};
            NDArray out = predictor.predict(new NDList(manager.create(real))).singletonOrThrow();
            assertEquals(dataType, out.getDataType());
            byte[] stored = out.toByteArray();
            for (int i = 0; i < real.length; i++) {
                int value = dataType == DataType.UINT8 ? Byte.toUnsignedInt(stored[i]) : stored[i];
                assertEquals(real[i], output.quantization().dequantize(value));
                assertEquals(value, output.quantization().quantize(real[i]));
            }
        });
    }

    @Test
    void takesAndGivesIntegers() throws Exception {
        TinyModel ints =
                TinyModel.of(TinyModel.NEG, Tensor.of("out", TinyModel.INT32, 2), Tensor.of("in", TinyModel.INT32, 2));
        run(
                ints,
                (block, predictor, manager) -> assertArrayEquals(
                        new int[] {-7, 9},
                        predictor
                                .predict(new NDList(manager.create(new int[] {7, -9})))
                                .singletonOrThrow()
                                .toIntArray()));
        TinyModel longs =
                TinyModel.of(TinyModel.NEG, Tensor.of("out", TinyModel.INT64, 2), Tensor.of("in", TinyModel.INT64, 2));
        run(
                longs,
                (block, predictor, manager) -> assertArrayEquals(
                        new long[] {-(1L << 40), 9},
                        predictor
                                .predict(new NDList(manager.create(new long[] {1L << 40, -9})))
                                .singletonOrThrow()
                                .toLongArray()));
    }

    @Test
    void takesAndGivesBooleans() throws Exception {
        TinyModel model = TinyModel.of(
                TinyModel.LOGICAL_NOT, Tensor.of("out", TinyModel.BOOL, 2), Tensor.of("in", TinyModel.BOOL, 2));
        run(
                model,
                (block, predictor, manager) -> assertArrayEquals(
                        new boolean[] {false, true},
                        predictor
                                .predict(new NDList(manager.create(new boolean[] {true, false})))
                                .singletonOrThrow()
                                .toBooleanArray()));
    }

    @Test
    void refusesATypeWithoutAJavaArray() throws Exception {
        Path file = TinyModel.of(
                        TinyModel.ABS, Tensor.of("out", TinyModel.FLOAT32, 2), Tensor.of("words", TinyModel.STRING, 2))
                .writeTo(folder.resolve("strings.tflite"));
        Exception refused = assertThrows(MalformedModelException.class, () -> Models.load(file));
        assertTrue(refused.getMessage().contains("strings.tflite"), refused.getMessage());
    }

    private interface Body {
        void run(TfLiteSymbolBlock block, Predictor<NDList, NDList> predictor, NDManager manager) throws Exception;
    }

    private void run(TinyModel model, Body body) throws Exception {
        Path file = model.writeTo(folder.resolve("tiny.tflite"));
        for (String xnnpack : new String[] {"true", "false"}) {
            try (ZooModel<NDList, NDList> loaded = Models.load(file, "xnnpack", xnnpack);
                    Predictor<NDList, NDList> predictor = loaded.newPredictor();
                    NDManager manager = loaded.getNDManager().newSubManager()) {
                body.run(((TfLitePredictor<NDList, NDList>) predictor).block(), predictor, manager);
            }
        }
    }
}
