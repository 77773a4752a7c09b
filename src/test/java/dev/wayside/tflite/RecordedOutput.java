package dev.wayside.tflite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.repository.zoo.ZooModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Stream;

/**
 * The recorded output of a model for the noise of seed {@value #SEED}: one line of {@code recorded-outputs.csv}.
 * Running this class prints the whole file again.
 *
 * @param figures mean, root mean square, and {@value #PROBES} elements spread over the output
 */
record RecordedOutput(String model, boolean xnnpack, int output, String shape, double[] figures) {
    static final long SEED = 1;
    private static final int PROBES = 6;

    static RecordedOutput of(String model, boolean xnnpack, int output, NDArray array) {
        float[] values = array.toFloatArray();
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value;
            squares += (double) value * value;
        }
        double[] figures = new double[2 + PROBES];
        figures[0] = sum / values.length;
        figures[1] = Math.sqrt(squares / values.length);
        for (int probe = 0; probe < PROBES; probe++) {
            figures[2 + probe] = values[(int) ((long) probe * (values.length - 1) / (PROBES - 1))];
        }
        String shape =
                array.getShape().toString().replaceAll("[(), ]+", " ").strip().replace(' ', 'x');
        return new RecordedOutput(model, xnnpack, output, shape, figures);
    }

    static List<RecordedOutput> read(String model, boolean xnnpack) throws IOException {
        try (BufferedReader file = new BufferedReader(new InputStreamReader(
                RecordedOutput.class.getResourceAsStream("recorded-outputs.csv"), StandardCharsets.UTF_8))) {
            return file.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(RecordedOutput::parse)
                    .filter(recorded -> recorded.model.equals(model) && recorded.xnnpack == xnnpack)
                    .toList();
        }
    }

    /**
     * Floating-point models must agree to one part in ten thousand, far more than another processor's order of
     * summation changes. Kernels round quantised models differently, so these must agree to two of their 256 steps. In
     * a list sorted by score only the best entry is compared, because the order of the others depends on the last bit.
     */
    void assertAgrees(RecordedOutput actual) {
        assertEquals(shape, actual.shape, model + " output " + output);
        boolean eightBit = model.equals(Models.SSD_UINT8) || model.equals(Models.YAMNET);
        int first = model.equals(Models.SSD_UINT8) ? 2 : 0;
        int end = model.equals(Models.SSD_UINT8) ? 3 : figures.length;
        for (int i = first; i < end; i++) {
            double tolerance = eightBit ? 2 / 256.0 : 1e-4 * Math.max(1, Math.abs(figures[i]));
            assertEquals(figures[i], actual.figures[i], tolerance, model + " output " + output + " figure " + i);
        }
    }

    static List<RecordedOutput> run(String model, boolean xnnpack, int threads) throws Exception {
        try (ZooModel<NDList, NDList> loaded =
                        Models.load(Models.path(model), "threads", "" + threads, "xnnpack", "" + xnnpack);
                Predictor<NDList, NDList> predictor = loaded.newPredictor();
                NDManager manager = loaded.getNDManager().newSubManager()) {
            TfLiteSymbolBlock block = ((TfLitePredictor<NDList, NDList>) predictor).block();
            Models.fill(block, SEED);
            NDList outputs = predictor.predict(block.inputArrays(manager));
            List<RecordedOutput> results = new ArrayList<>();
            for (int i = 0; i < outputs.size(); i++) {
                results.add(of(model, xnnpack, i, outputs.get(i)));
            }
            return results;
        }
    }

    private static RecordedOutput parse(String line) {
        String[] cells = line.split(",");
        double[] figures =
                Stream.of(cells).skip(4).mapToDouble(Double::parseDouble).toArray();
        return new RecordedOutput(
                cells[0], Boolean.parseBoolean(cells[1]), Integer.parseInt(cells[2]), cells[3], figures);
    }

    private String line() {
        StringJoiner line = new StringJoiner(",");
        line.add(model).add("" + xnnpack).add("" + output).add(shape);
        for (double figure : figures) {
            line.add(String.format(Locale.ROOT, "%.6f", figure));
        }
        return line.toString();
    }

    public static void main(String[] arguments) throws Exception {
        System.out.println("# model,xnnpack,output,shape,mean,rms,first element, ... ,last element");
        for (String model : Models.ALL) {
            for (boolean xnnpack : new boolean[] {true, false}) {
                run(model, xnnpack, 1).forEach(recorded -> System.out.println(recorded.line()));
            }
        }
    }
}
