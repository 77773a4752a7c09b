package dev.wayside.tflite;

import static org.junit.jupiter.api.Assumptions.abort;

import ai.djl.ModelException;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoopTranslator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** The real models that tests run, and how they load them. */
final class Models {
    static final String SSDLITE = "ssdlite-mobilenet-v2-coco/model.tflite";
    static final String SSD_UINT8 = "test-only/ssd-mobilenet-v1-quant/detect.tflite";
    static final String SSD_OID = "test-only/ssd-mobilenet-v2-oid/object_detection_ssd_mobilenetv2_oidv4_fp16.tflite";
    static final String YOLOX = "test-only/yolox-nano/model.tflite";
    static final String YAMNET = "test-only/yamnet/yamnet_audio_classifier_with_metadata.tflite";
    static final List<String> ALL = List.of(SSDLITE, SSD_UINT8, SSD_OID, YOLOX, YAMNET);

    private Models() {}

    /** The path of a model; skips the test if the model is missing. */
    static Path path(String name) {
        return Stream.of(Path.of("models", name), Path.of("..", "shared", "models", name))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseGet(() -> abort("the model " + name + " is missing: put it under ../shared/models"));
    }

    static Criteria<NDList, NDList> criteria(Path file, String... options) {
        Criteria.Builder<NDList, NDList> criteria = Criteria.builder()
                .setTypes(NDList.class, NDList.class)
                .optEngine(TfLiteEngine.NAME)
                .optModelPath(file)
                .optTranslator(new NoopTranslator());
        for (int i = 0; i < options.length; i += 2) {
            criteria.optOption(options[i], options[i + 1]);
        }
        return criteria.build();
    }

    static ZooModel<NDList, NDList> load(Path file, String... options) throws IOException, ModelException {
        return criteria(file, options).loadModel();
    }

    /**
     * Fills all inputs with the same noise on every machine: floating-point values from -1 to 1, integers over their
     * whole range.
     */
    static void fill(TfLiteSymbolBlock block, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < block.inputs().size(); i++) {
            ByteBuffer input = block.inputBuffer(i);
            boolean real = block.inputs().get(i).dataType() == DataType.FLOAT32;
            while (input.hasRemaining()) {
                if (real) {
                    input.putFloat(random.nextFloat() * 2 - 1);
                } else {
                    input.put((byte) random.nextInt(256));
                }
            }
        }
    }
}
