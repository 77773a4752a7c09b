package dev.wayside.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFolderTest {
    static final Path SHIPPED = Path.of("models", "ssdlite-mobilenet-v2-coco");

    /** SHA-256 of an empty file. */
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final String COMPLETE =
            """
            name: mine
            licence: Apache-2.0
            origin: hand-made
            file: model.tflite
            sha256: %s
            labels: labels.txt
            input:
              width: 416
              height: 320
              type: float32
              layout: NCHW
              colour: BGR
              mean: [1, 2, 3]
              std: 58
              fit: letterbox
              pad: 114
              anchor: centre
            decoder:
              type: yolox
              strides: [8, 16]
            thresholds:
              score: 0.4
            """
                    .formatted(EMPTY);

    @TempDir
    private Path folder;

    @BeforeEach
    void layOutAFolder() throws IOException {
        Files.createFile(folder.resolve("model.tflite"));
        Files.write(folder.resolve("labels.txt"), List.of("person", " car "));
        write(COMPLETE);
    }

    @Test
    void readsTheShippedModel() {
        ModelFolder shipped = ModelFolder.load(SHIPPED);
        assertEquals("ssdlite-mobilenet-v2-coco", shipped.name());
        assertEquals(91, shipped.labels().size());
        assertEquals("person", shipped.labels().get(1));
        assertEquals("car", shipped.labels().get(3));
        assertEquals(new Thresholds(0.35f, 0.6f, 100), shipped.thresholds());
        assertEquals(
                new SsdAnchorSettings(
                        AnchorGridTest.COCO, List.of(10f, 10f, 5f, 5f), 0, false, List.of("boxes", "scores")),
                shipped.decoder());
    }

    @Test
    void readsEveryKey() {
        ModelFolder mine = ModelFolder.load(folder);
        assertEquals(List.of("person", "car"), mine.labels());
        assertEquals(List.of(1f, 2f, 3f), mine.input().mean());
        assertEquals(List.of(58f, 58f, 58f), mine.input().std());
        assertEquals(DataType.FLOAT32, mine.input().type());
        assertEquals("(1, 3, 320, 416)", mine.input().shape().toString());
        assertEquals(new Fit(true, 114, true), mine.input().fit());
        assertEquals(new YoloxSettings(List.of(8, 16), false), mine.decoder());
        assertEquals(new Thresholds(0.4f, 0.6f, 100), mine.thresholds());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            name: mine          | name: 5                | name is 5; it must be text.
            name: mine          | nmae: mine             | name is missing; it must be text.
            layout: NCHW        | layout: NHCW           | input.layout is NHCW; it must be one of NHWC, NCHW.
            width: 416          | width: 4.5             | input.width is 4.5; it must be a whole number from 8 to 4096.
            width: 416          | width: 0               | input.width is 0; it must be a whole number from 8 to 4096.
            type: float32       | type: float16          | input.type is float16; it must be one of float32, uint8, int8.
            mean: [1, 2, 3]     | mean: [1, 2]           | input.mean is [1, 2]; it must be one number or a list of 3.
            std: 58             | std: 0                 | input.std is 0; it must be a number from 1.0E-6 to 1000000.0.
            pad: 114            | pda: 114               | input.pad is missing; it must be a whole number from 0 to 255.
            anchor: centre      | anchor: left           | input.anchor is left; it must be one of top-left, centre.
            colour: BGR         | color: BGR             | the key input.color is unknown; the keys here are anchor, colour, fit,
            type: yolox         | type: yolov8           | decoder.type is yolov8; it must be one of ssd-anchors, detection-postprocess, yolox.
            strides: [8, 16]    | strides: [8.5]         | decoder.strides is [8.5]; it must be a list of whole numbers.
            strides: [8, 16]    | anchors: []            | the key decoder.anchors is unknown; the keys here are activation, strides, type.
            score: 0.4          | score: 40              | thresholds.score is 40; it must be a number from 0.001 to 1.0.
            score: 0.4          | score: .nan            | thresholds.score is NaN; it must be a number from 0.001 to 1.0.
            file: model.tflite  | file: other.tflite     | file names other.tflite, but there is no such file in
            file: model.tflite  | file: ../model.tflite  | file is ../model.tflite; it must be a file inside the model's folder.
            name: mine          | name: [                | is not valid YAML
            thresholds:         | thresholds: 3\u0020#   | is not valid YAML
            """)
    void explainsWhatIsWrong(String right, String wrong, String sentence) throws IOException {
        write(COMPLETE.replace(right, wrong));
        assertRefused(sentence);
    }

    /** An example that is copied from the documentation must load. */
    @Test
    void theExamplesInTheDocumentationAreComplete() throws IOException {
        String page = Files.readString(Path.of("docs", "models.md"));
        Set<Class<?>> decoders = new HashSet<>();
        Matcher examples = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(page);
        while (examples.find()) {
            write(examples.group(1)
                    .replaceFirst("file: .*", "file: model.tflite")
                    .replaceFirst("labels: .*", "labels: labels.txt")
                    .replaceFirst("sha256: .*", "sha256: " + EMPTY));
            decoders.add(ModelFolder.load(folder).decoder().getClass());
        }
        assertEquals(Set.of(DecoderSettings.class.getPermittedSubclasses()), decoders);
    }

    @Test
    void refusesADamagedModelAndNamesBothChecksums() throws IOException {
        Files.writeString(folder.resolve("model.tflite"), "x");
        assertRefused("has SHA-256 2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881, but");
        assertRefused("expects " + EMPTY);
    }

    @Test
    void refusesAnInvalidChecksum() throws IOException {
        write(COMPLETE.replace(EMPTY, "abc"));
        assertRefused("sha256 is abc; it must be the 64 hexadecimal digits");
    }

    @Test
    void refusesAnEmptyLabel() throws IOException {
        Files.write(folder.resolve("labels.txt"), List.of("person", "", "car"));
        assertRefused("labels.txt: line 2 is empty");
    }

    @Test
    void readsFilesAsWindowsWritesThem() throws IOException {
        write("\uFEFF" + COMPLETE.replace("\n", "\r\n"));
        Files.writeString(folder.resolve("labels.txt"), "\uFEFFperson\r\ncar\r\n");
        assertEquals(List.of("person", "car"), ModelFolder.load(folder).labels());
    }

    @Test
    void namesTheLineOfAnotherEncoding() throws IOException {
        Files.writeString(folder.resolve("labels.txt"), "person\nFu\u00dfg\u00e4nger\n", StandardCharsets.ISO_8859_1);
        assertRefused("labels.txt, line 2: this is not UTF-8 but looks like Windows-1252 or ISO 8859-1");
        Files.writeString(folder.resolve("model.yaml"), COMPLETE, StandardCharsets.UTF_16LE);
        assertRefused("model.yaml, line 1: this is UTF-16LE, not UTF-8. Save the file in UTF-8.");
    }

    @Test
    void refusesAFolderWithoutDescription() throws IOException {
        Files.delete(folder.resolve("model.yaml"));
        assertRefused("model.yaml does not exist; a model folder holds model.yaml");
    }

    @Test
    void refusesAMissingFolder() {
        Path missing = folder.resolve("missing");
        String message = assertThrows(ModelFolderException.class, () -> ModelFolder.load(missing))
                .getMessage();
        assertTrue(message.contains("is not a folder; model.path must name a folder"), message);
    }

    private void write(String yaml) throws IOException {
        Files.writeString(folder.resolve("model.yaml"), yaml);
    }

    private void assertRefused(String sentence) {
        String message = assertThrows(ModelFolderException.class, () -> ModelFolder.load(folder))
                .getMessage();
        assertTrue(message.contains(sentence), message);
        assertTrue(message.contains(folder.toString()), message);
    }
}
