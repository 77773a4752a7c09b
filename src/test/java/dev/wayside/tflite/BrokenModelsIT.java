package dev.wayside.tflite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.translate.NoopTranslator;
import dev.wayside.tflite.TinyModel.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad model files, loaded in a child JVM because one of them could crash the JVM. */
class BrokenModelsIT {
    private static final String BAD_FILE = "is not a TensorFlow Lite model, or it is truncated or damaged";

    @TempDir
    private Path folder;

    @Test
    void refusesAnEmptyFile() throws Exception {
        assertRefused(file("empty.tflite", new byte[0]), BAD_FILE, "(0 bytes)");
    }

    @Test
    void refusesRandomBytes() throws Exception {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        byte[] disguised = noise.clone();
        System.arraycopy("TFL3".getBytes(StandardCharsets.US_ASCII), 0, disguised, 4, 4);
        assertRefused(List.of(file("random.tflite", noise), file("disguised.tflite", disguised)), BAD_FILE);
    }

    @Test
    void refusesATruncatedFile() throws Exception {
        byte[] whole = Files.readAllBytes(Models.path(Models.SSDLITE));
        List<Path> files = new ArrayList<>();
        for (double part : new double[] {0.00001, 0.001, 0.3, 0.9, 0.999}) {
            files.add(file("cut-" + part + ".tflite", Arrays.copyOf(whole, (int) (whole.length * part))));
        }
        assertRefused(files, BAD_FILE);
    }

    /**
     * A flipped bit in the weights gives another valid model; one in the structure is refused. None crashes the JVM.
     */
    @Test
    void survivesFlippedBitsInARealModel() throws Exception {
        byte[] whole = Files.readAllBytes(Models.path(Models.SSDLITE));
        Path some = folder.resolve("real");
        Files.createDirectory(some);
        Random random = new Random(2);
        for (int i = 0; i < 40; i++) {
            byte[] flipped = whole.clone();
            // Half of them at the end, where this file keeps its structure rather than weights.
            int reach = i % 2 == 0 ? whole.length : 40_000;
            flipped[whole.length - 1 - random.nextInt(reach)] ^= (byte) (1 << random.nextInt(8));
            Files.write(some.resolve("flip-%02d.tflite".formatted(i)), flipped);
        }
        ChildJvm child = load(some);
        assertEquals(0, child.exit(), child.output());
        assertTrue(child.output().contains("files 40"), child.output());
    }

    /** A file small enough to flip every bit of: more than half of it is structure. */
    @Test
    void survivesEveryFlippedBit() throws Exception {
        byte[] whole = TinyModel.of(
                        TinyModel.QUANTIZE,
                        new Tensor("stored", TinyModel.INT8, 0.5f, 3, 4),
                        Tensor.of("real", TinyModel.FLOAT32, 4))
                .bytes();
        Path every = folder.resolve("every-bit");
        Files.createDirectory(every);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(every.resolve("bit-%05d.tflite".formatted(bit)), flipped);
        }
        ChildJvm child = load(every);
        assertEquals(0, child.exit(), child.output());
        assertTrue(child.output().contains("files " + whole.length * 8), child.output());
        assertTrue(child.output().contains(BAD_FILE), child.output());
        assertTrue(child.output().contains("zero point"), child.output());
    }

    @Test
    void namesAnUnknownCustomOperation() throws Exception {
        TinyModel model = new TinyModel(
                TinyModel.CUSTOM,
                "WaysideUnknown",
                List.of(Tensor.of("in", TinyModel.FLOAT32, 2)),
                Tensor.of("out", TinyModel.FLOAT32, 2));
        assertRefused(model.writeTo(folder.resolve("custom.tflite")), "unknown operation", "WaysideUnknown");
    }

    @Test
    void namesAnUnknownOperationOfARealModel() throws Exception {
        byte[] whole = Files.readAllBytes(Models.path(Models.SSD_UINT8));
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        int at = -1;
        while ((at = text.indexOf("TFLite_Detection_PostProcess\0", at + 1)) >= 0) {
            whole[at] = 'X';
        }
        assertRefused(file("patched.tflite", whole), "unknown operation", "XFLite_Detection_PostProcess");
    }

    @Test
    void refusesAnUnknownBuiltInOperation() throws Exception {
        TinyModel model =
                TinyModel.of(5000, Tensor.of("out", TinyModel.FLOAT32, 2), Tensor.of("in", TinyModel.FLOAT32, 2));
        assertRefused(model.writeTo(folder.resolve("future.tflite")), "does not support");
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private void assertRefused(Path file, String... words) throws Exception {
        assertRefused(List.of(file), words);
    }

    private void assertRefused(List<Path> files, String... words) throws Exception {
        ChildJvm child = load(files.toArray(Path[]::new));
        assertEquals(0, child.exit(), child.output());
        for (Path file : files) {
            List<String> lines = child.output()
                    .lines()
                    .filter(line -> line.startsWith("refused " + file))
                    .toList();
            assertEquals(1, lines.size(), child.output());
            assertTrue(lines.get(0).contains(file.getFileName().toString()), lines.get(0));
            for (String word : words) {
                assertTrue(lines.get(0).contains(word), lines.get(0));
            }
        }
    }

    private static ChildJvm load(Path... files) throws Exception {
        String[] arguments = Arrays.stream(files).map(Path::toString).toArray(String[]::new);
        return ChildJvm.run(ChildJvm.thisJava(), List.of("-Xmx128m"), Load.class, arguments);
    }

    /** Loads and runs the given files, or those in the given folders, and prints the outcome of each. */
    static final class Load {
        public static void main(String[] arguments) throws Exception {
            int count = 0;
            for (String argument : arguments) {
                Path path = Path.of(argument);
                try (var files = Files.isDirectory(path) ? Files.list(path).sorted() : List.of(path).stream()) {
                    for (Path file : files.toList()) {
                        load(file);
                        count++;
                    }
                }
            }
            System.out.println("files " + count);
        }

        private static void load(Path file) throws Exception {
            try (Model model = Model.newInstance("broken", "TFLite")) {
                model.load(file);
                try (Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator())) {
                    ((TfLitePredictor<NDList, NDList>) predictor).block().invoke();
                }
                System.out.println("loaded " + file);
            } catch (MalformedModelException | EngineException e) {
                System.out.println("refused " + file + ": " + e.getMessage());
            }
        }
    }
}
