package dev.wayside.tflite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.TranslatorContext;
import dev.wayside.tflite.TinyModel.Tensor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TfLitePredictorTest {
    /** Absolute values of any number of rows of two. */
    private static final TinyModel ABS = TinyModel.of(
            TinyModel.ABS, Tensor.of("out", TinyModel.FLOAT32, -1, 2), Tensor.of("in", TinyModel.FLOAT32, -1, 2));

    private static final TinyModel SUM = TinyModel.of(
            TinyModel.ADD,
            Tensor.of("sum", TinyModel.FLOAT32, 1, 2),
            Tensor.of("left", TinyModel.FLOAT32, 1, 2),
            Tensor.of("right", TinyModel.FLOAT32, 1, 2));

    @TempDir
    private Path folder;

    private NDManager manager;

    @BeforeEach
    void openManager() {
        manager = NDManager.newBaseManager("TFLite");
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    @Tag("arm64")
    void resizesADynamicDimension() throws Exception {
        try (ZooModel<NDList, NDList> model = load(ABS);
                Predictor<NDList, NDList> predictor = model.newPredictor()) {
            assertEquals(new Shape(-1, 2), model.describeInput().valueAt(0));
            for (int rows : new int[] {1, 3, 3, 500, 2}) {
                float[] values = new float[rows * 2];
                IntStream.range(0, values.length).forEach(i -> values[i] = -i);
                NDArray out = predictor
                        .predict(new NDList(manager.create(values, new Shape(rows, 2))))
                        .singletonOrThrow();
                assertEquals(new Shape(rows, 2), out.getShape());
                IntStream.range(0, values.length).forEach(i -> values[i] = i);
                assertArrayEquals(values, out.toFloatArray());
            }
        }
    }

    @Test
    void refusesAnInputTooLargeForMemoryAndKeepsWorking() throws Exception {
        try (ZooModel<NDList, NDList> model = load(ABS);
                Predictor<NDList, NDList> predictor = model.newPredictor()) {
            TfLiteSymbolBlock block = block(predictor);
            Exception refused =
                    assertThrows(IllegalArgumentException.class, () -> block.resizeInputs(new Shape(1 << 29, 2)));
            assertTrue(refused.getMessage().contains("(536870912, 2)"), refused.getMessage());
            NDArray out =
                    predictor.predict(new NDList(manager.ones(new Shape(3, 2)))).singletonOrThrow();
            assertEquals(new Shape(3, 2), out.getShape());
        }
    }

    @Test
    void keepsTheInputMemoryWhileTheShapeStaysTheSame() throws Exception {
        try (ZooModel<NDList, NDList> model = load(ABS);
                Predictor<NDList, NDList> predictor = model.newPredictor()) {
            TfLiteSymbolBlock block = block(predictor);
            predictor.predict(new NDList(manager.ones(new Shape(2, 2))));
            ByteBuffer input = block.inputBuffer(0);
            predictor.predict(new NDList(manager.create(new float[4], new Shape(2, 2))));
            input.putFloat(0, -5);
            block.invoke();
            assertEquals(5, block.outputBuffer(0).getFloat(0));
        }
    }

    @Test
    @Tag("arm64")
    void namesBothShapesOfAWrongInput() throws Exception {
        try (ZooModel<NDList, NDList> model = load(SUM);
                Predictor<NDList, NDList> predictor = model.newPredictor()) {
            NDArray right = manager.ones(new Shape(1, 2));
            assertRefused(predictor, new NDList(right, manager.ones(new Shape(2, 2))), "(1, 2)", "(2, 2)", "right");
            assertRefused(predictor, new NDList(right, manager.ones(new Shape(2))), "(1, 2)", "(2)");
            assertRefused(predictor, new NDList(right, manager.create(new int[][] {{1, 2}})), "float32", "int32");
            assertRefused(predictor, new NDList(right), "takes 2 inputs", "not 1");
            NDArray sum = predictor.predict(new NDList(right, right)).singletonOrThrow();
            assertArrayEquals(new float[] {2, 2}, sum.toFloatArray());
        }
    }

    @Test
    void readsAnArrayOverItsInputMemoryWithoutACopy() throws Exception {
        try (ZooModel<NDList, NDList> model = load(SUM);
                Predictor<NDList, NDList> predictor = model.newPredictor()) {
            TfLiteSymbolBlock block = block(predictor);
            NDList inputs = block.inputArrays(manager);
            block.inputBuffer(0).putFloat(1).putFloat(2);
            block.inputBuffer(1).putFloat(10).putFloat(20);
            assertArrayEquals(
                    new float[] {11, 22},
                    predictor.predict(inputs).singletonOrThrow().toFloatArray());
            block.inputBuffer(0).putFloat(5);
            assertEquals(5, inputs.get(0).toFloatArray()[0]);
        }
    }

    @Test
    void keepsAnOutputThatIsStillOpenWhenItPredictsAgain() throws Exception {
        try (ZooModel<NDList, NDList> model = load(SUM);
                Predictor<NDList, NDList> predictor = model.newPredictor()) {
            NDArray one = manager.ones(new Shape(1, 2));
            NDArray first = predictor.predict(new NDList(one, one)).singletonOrThrow();
            NDArray reshaped = first.reshape(new Shape(-1));
            NDArray second = predictor.predict(new NDList(first, first)).singletonOrThrow();
            predictor.predict(new NDList(second, second)).close();
            assertArrayEquals(new float[] {2, 2}, first.toFloatArray());
            assertArrayEquals(new float[] {2, 2}, reshaped.toFloatArray());
            assertArrayEquals(new float[] {4, 4}, second.toFloatArray());
        }
    }

    @Test
    void outlivesItsModel() throws Exception {
        ZooModel<NDList, NDList> model = load(SUM);
        Predictor<NDList, NDList> predictor = model.newPredictor();
        NDArray input = block(predictor).inputArrays(manager).get(0);
        model.close();
        NDArray one = manager.ones(new Shape(1, 2));
        NDArray sum = predictor.predict(new NDList(one, one)).singletonOrThrow();
        predictor.close();
        assertArrayEquals(new float[] {2, 2}, sum.toFloatArray());
        assertArrayEquals(new float[] {1, 1}, input.toFloatArray());
        assertTrue(assertThrows(IllegalStateException.class, model::newPredictor)
                .getMessage()
                .contains("is closed"));
    }

    @Test
    void saysThatItIsClosed() throws Exception {
        try (ZooModel<NDList, NDList> model = load(SUM)) {
            Predictor<NDList, NDList> predictor = model.newPredictor();
            TfLiteSymbolBlock block = block(predictor);
            predictor.close();
            predictor.close();
            NDList inputs = new NDList(manager.ones(new Shape(1, 2)), manager.ones(new Shape(1, 2)));
            Exception refused = assertThrows(IllegalStateException.class, () -> predictor.predict(inputs));
            assertTrue(refused.getMessage().contains("closed: make a new one"), refused.getMessage());
            assertThrows(IllegalStateException.class, block::invoke);
            assertThrows(IllegalStateException.class, () -> block.inputBuffer(0));
        }
    }

    @Test
    void givesATranslatorItsOwnBlock() throws Exception {
        List<TfLiteSymbolBlock> seen = new ArrayList<>();
        try (ZooModel<NDList, NDList> model = load(SUM)) {
            NoBatchifyTranslator<Float, Float> translator = new NoBatchifyTranslator<>() {
                @Override
                public NDList processInput(TranslatorContext context, Float input) {
                    TfLiteSymbolBlock block = TfLiteSymbolBlock.of(context);
                    seen.add(block);
                    block.inputBuffer(0).putFloat(input);
                    block.inputBuffer(1).putFloat(input);
                    return block.inputArrays(context.getNDManager());
                }

                @Override
                public Float processOutput(TranslatorContext context, NDList outputs) {
                    return outputs.singletonOrThrow().toByteBuffer(true).getFloat(0);
                }
            };
            try (Predictor<Float, Float> first = model.newPredictor(translator);
                    Predictor<Float, Float> second = model.newPredictor(translator)) {
                assertEquals(List.of(6f, 8f), first.batchPredict(List.of(3f, 4f)));
                assertEquals(10f, second.predict(5f));
                assertSame(((TfLitePredictor<Float, Float>) first).block(), seen.get(0));
                assertSame(seen.get(0), seen.get(1));
                assertNotSame(seen.get(0), seen.get(2));
            }
        }
    }

    @Test
    void agreesWithOthersThatRunInParallel() throws Exception {
        try (ZooModel<NDList, NDList> model = Models.load(Models.path(Models.SSDLITE), "threads", "1")) {
            List<float[]> alone = results(model, 4);
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                Callable<List<float[]>> work = () -> results(model, 4);
                for (Future<List<float[]>> together : threads.invokeAll(List.of(work, work))) {
                    for (int i = 0; i < alone.size(); i++) {
                        assertArrayEquals(alone.get(i), together.get().get(i));
                    }
                }
            } finally {
                threads.shutdown();
            }
        }
    }

    @Test
    void runsTheModelsOwnBlock() throws Exception {
        try (ZooModel<NDList, NDList> model = load(SUM)) {
            TfLiteSymbolBlock block = (TfLiteSymbolBlock) model.getBlock();
            assertEquals(List.of("left", "right"), block.describeInput().keys());
            assertEquals(List.of("sum"), block.describeOutput().keys());
            block.inputBuffer(0).putFloat(3);
            block.invoke();
            assertEquals(3, block.outputBuffer(0).getFloat());
            assertEquals(new Shape(1, 2), block.getOutputShapes(new Shape[] {new Shape(1, 2), new Shape(1, 2)})[0]);
        }
    }

    private static List<float[]> results(ZooModel<NDList, NDList> model, int inputs) throws TranslateException {
        List<float[]> results = new ArrayList<>();
        try (Predictor<NDList, NDList> predictor = model.newPredictor();
                NDManager own = NDManager.newBaseManager("TFLite")) {
            TfLiteSymbolBlock block = block(predictor);
            for (int seed = 0; seed < inputs; seed++) {
                Models.fill(block, seed);
                NDList outputs = predictor.predict(block.inputArrays(own));
                outputs.forEach(output -> results.add(output.toFloatArray()));
                outputs.close();
            }
        }
        return results;
    }

    private void assertRefused(Predictor<NDList, NDList> predictor, NDList inputs, String... words) {
        TranslateException refused = assertThrows(TranslateException.class, () -> predictor.predict(inputs));
        assertInstanceOf(IllegalArgumentException.class, refused.getCause());
        for (String word : words) {
            assertTrue(refused.getCause().getMessage().contains(word), refused.getCause()::getMessage);
        }
    }

    private static TfLiteSymbolBlock block(Predictor<?, ?> predictor) {
        return ((TfLitePredictor<?, ?>) predictor).block();
    }

    private ZooModel<NDList, NDList> load(TinyModel model) throws Exception {
        return Models.load(model.writeTo(folder.resolve("tiny.tflite")));
    }
}
