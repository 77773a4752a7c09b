package dev.wayside.tflite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.repository.zoo.ZooModel;
import dev.wayside.tflite.TinyModel.Tensor;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TfLiteModelTest {
    private static final TinyModel TINY =
            TinyModel.of(TinyModel.NEG, Tensor.of("out", TinyModel.INT32, 2), Tensor.of("in", TinyModel.INT32, 2));

    @TempDir
    private Path folder;

    @Test
    void isFoundByDjl() {
        assertTrue(Engine.getAllEngines().contains("TFLite"));
        assertTrue(Engine.getEngine("TFLite").getVersion().matches("2\\.\\d+\\.\\d+"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.tflite", "anything.tflite"})
    void loadsFromAFolder(String name) throws Exception {
        TINY.writeTo(folder.resolve(name));
        Files.writeString(folder.resolve("labels.txt"), "car");
        try (ZooModel<NDList, NDList> model = Models.load(folder)) {
            assertEquals(DataType.INT32, model.getDataType());
            assertEquals("in", model.describeInput().keyAt(0));
        }
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        try (Model model = Model.newInstance("mine", "TFLite")) {
            Exception none = assertThrows(FileNotFoundException.class, () -> model.load(folder));
            assertTrue(none.getMessage().contains("holds no .tflite file"), none.getMessage());
            TINY.writeTo(folder.resolve("a.tflite"));
            TINY.writeTo(folder.resolve("b.tflite"));
            Exception several = assertThrows(FileNotFoundException.class, () -> model.load(folder));
            assertTrue(several.getMessage().contains("several .tflite files"), several.getMessage());
            Exception absent = assertThrows(FileNotFoundException.class, () -> model.load(folder.resolve("absent")));
            assertTrue(absent.getMessage().contains("absent"), absent.getMessage());
            model.load(folder, "b");
            assertThrows(IllegalStateException.class, () -> model.load(folder, "a"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "threads,0",
        "threads,65",
        "threads,-1",
        "threads,two",
        "threads,''",
        "threads,1e9",
        "xnnpack,yes",
        "xnnpack,TRUE"
    })
    void refusesAnOptionsBadValue(String option, String value) throws Exception {
        Path file = TINY.writeTo(folder.resolve("tiny.tflite"));
        try (Model model = Model.newInstance("mine", "TFLite")) {
            Exception refused =
                    assertThrows(IllegalArgumentException.class, () -> model.load(file, null, Map.of(option, value)));
            assertTrue(refused.getMessage().contains(option), refused.getMessage());
            assertTrue(refused.getMessage().contains("\"" + value + "\""), refused.getMessage());
        }
    }

    @Test
    void takesOptionsOfAnyForm() {
        assertEquals(new InferenceOptions(3, false), InferenceOptions.of(Map.of("threads", 3, "xnnpack", false)));
        assertEquals(new InferenceOptions(64, true), InferenceOptions.of(Map.of("threads", " 64 ", "other", "x")));
        assertTrue(InferenceOptions.of(null).threads() >= 1);
    }

    @Test
    void refusesAGpu() {
        assertThrows(IllegalArgumentException.class, () -> Model.newInstance("mine", Device.gpu(), "TFLite"));
    }
}
