package dev.wayside.tflite;

import ai.djl.BaseModel;
import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.translate.Translator;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A loaded {@code .tflite} file. Its predictors may outlive it. */
final class TfLiteModel extends BaseModel {
    private static final Logger log = LoggerFactory.getLogger(TfLiteModel.class);
    private static final String SUFFIX = ".tflite";

    private TfLiteGraph graph;

    TfLiteModel(String name, NDManager manager) {
        super(name);
        this.manager = manager;
        manager.setName("model " + name);
        dataType = DataType.FLOAT32;
    }

    /**
     * Loads a file, or the first of these that a folder contains: a file named after the prefix, the model or the
     * folder, {@code model.tflite}, or the only {@code .tflite} file.
     *
     * @throws IllegalArgumentException if an option has a value that is not allowed
     * @throws FileNotFoundException if there is no such file
     * @throws MalformedModelException if the file is not a usable model
     */
    @Override
    public void load(Path modelPath, String prefix, Map<String, ?> options)
            throws IOException, MalformedModelException {
        if (graph != null) {
            throw new IllegalStateException("The model " + modelName + " is loaded already from " + graph.file() + ".");
        }
        InferenceOptions inferenceOptions = InferenceOptions.of(options);
        setModelDir(modelPath);
        Path file = find(prefix);
        graph = TfLiteGraph.load(file, inferenceOptions);
        modelDir = file.toAbsolutePath().getParent();
        wasLoaded = true;
        block = new TfLiteSymbolBlock(graph);
        if (!graph.inputs().isEmpty()) {
            dataType = graph.inputs().get(0).dataType();
        }
        log.debug("Loaded {} with {}: {} -> {}", file, inferenceOptions, graph.inputs(), graph.outputs());
    }

    /** A predictor with an interpreter of its own, a {@link TfLitePredictor}. */
    @Override
    public <I, O> Predictor<I, O> newPredictor(Translator<I, O> translator, Device device) {
        if (graph == null) {
            throw new IllegalStateException("The model " + modelName + " is not loaded.");
        }
        TfLiteEngine.requireProcessor(device);
        TfLiteSymbolBlock own = new TfLiteSymbolBlock(graph).opened();
        try {
            return new TfLitePredictor<>(this, translator, device, own);
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    private Path find(String prefix) throws IOException {
        if (Files.isRegularFile(modelDir)) {
            return modelDir;
        }
        if (!Files.isDirectory(modelDir)) {
            throw new FileNotFoundException("There is no model file or folder " + modelDir + ".");
        }
        List<String> names = Stream.of(prefix, modelName, String.valueOf(modelDir.getFileName()), "model")
                .filter(Objects::nonNull)
                .flatMap(name -> Stream.of(name, name + SUFFIX))
                .distinct()
                .toList();
        for (String name : names) {
            if (Files.isRegularFile(modelDir.resolve(name))) {
                return modelDir.resolve(name);
            }
        }
        try (Stream<Path> files = Files.list(modelDir)) {
            List<Path> models = files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
            if (models.size() == 1) {
                return models.get(0);
            }
            throw new FileNotFoundException("The folder " + modelDir + " holds "
                    + (models.isEmpty() ? "no " + SUFFIX + " file" : "several " + SUFFIX + " files " + models)
                    + ": name one, or call it model" + SUFFIX + ".");
        }
    }

    @Override
    public void close() {
        if (block instanceof TfLiteSymbolBlock own) {
            own.close();
        }
        if (graph != null) {
            graph.close();
        }
        super.close();
    }
}
