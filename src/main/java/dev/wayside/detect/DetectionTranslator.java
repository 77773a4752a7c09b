package dev.wayside.detect;

import ai.djl.modality.cv.output.BoundingBox;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.Rectangle;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import dev.wayside.detect.Fit.Placement;
import dev.wayside.frame.VideoFrame;
import dev.wayside.tflite.TensorDescription;
import dev.wayside.tflite.TfLiteSymbolBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * Translates frames into the input of a {@link ModelFolder}'s model, and its outputs into detected objects. It writes
 * each frame directly into the interpreter's input memory. Boxes are fractions of the frame, clamped to 0..1; the
 * strongest object comes first.
 *
 * <p>Belongs to one predictor of the engine TFLite; close it after that predictor.
 */
public final class DetectionTranslator implements NoBatchifyTranslator<VideoFrame, DetectedObjects>, AutoCloseable {
    /** The line of a labels file that marks an unused class number. */
    private static final String UNUSED = "???";

    private final ModelFolder folder;
    private volatile float minScore;
    private final Candidates candidates = new Candidates();

    private TfLiteSymbolBlock block;
    private FrameWriter writer;
    private OutputReader reader;
    private Decoder decoder;
    private Placement placement;
    private long inferenceStart;
    private long inferenceNanos;

    /**
     * Translates for the model of this folder.
     *
     * @param folder describes the model
     * @param minScore the minimum score of a detection, above 0, at most 1
     */
    public DetectionTranslator(ModelFolder folder, float minScore) {
        this.folder = folder;
        setMinScore(minScore);
    }

    /**
     * Changes the minimum score from the next frame on.
     *
     * @param score above 0, at most 1
     * @throws IllegalArgumentException if it is out of this range
     */
    void setMinScore(float score) {
        if (!(score > 0 && score <= 1)) {
            throw new IllegalArgumentException(
                    "The score threshold is " + score + "; it must be above 0 and at most 1.");
        }
        minScore = score;
    }

    float minScore() {
        return minScore;
    }

    @Override
    public void prepare(TranslatorContext context) {
        bind(TfLiteSymbolBlock.of(context));
    }

    /**
     * Binds this translator to a predictor's interpreter and runs it once. This gives the shapes of the outputs, and
     * moves the cost of the first run to startup.
     *
     * @throws ModelFolderException if the model does not match {@code model.yaml}
     */
    void bind(TfLiteSymbolBlock own) {
        if (block == own) {
            return;
        }
        close();
        ModelInput input = folder.input();
        TensorDescription tensor = requireInput(own, input);
        Shape[] outputShapes = own.getOutputShapes(new Shape[] {input.shape()});
        try {
            decoder = folder.decoder()
                    .decoder(List.of(outputShapes), input, folder.labels().size());
            reader = new OutputReader(own.outputs());
        } catch (ModelFolderException e) {
            throw new ModelFolderException(folder.folder().resolve("model.yaml") + ": " + e.getMessage(), e);
        }
        writer = new FrameWriter(input, tensor.quantization(), own.inputBuffer(0));
        block = own;
    }

    private TensorDescription requireInput(TfLiteSymbolBlock own, ModelInput input) {
        TensorDescription tensor = own.inputs().get(0);
        boolean fits = own.inputs().size() == 1
                && tensor.dataType() == input.type()
                && tensor.shape().dimension() == 4;
        for (int i = 0; fits && i < 4; i++) {
            long size = tensor.shape().get(i);
            fits = size == -1 || size == input.shape().get(i);
        }
        if (!fits) {
            throw new ModelFolderException(folder.folder().resolve("model.yaml") + ": input describes one input of "
                    + input.type() + input.shape() + ", but the model takes " + own.inputs()
                    + "; set input.type, layout, width and height to match the model.");
        }
        return tensor;
    }

    @Override
    public NDList processInput(TranslatorContext context, VideoFrame frame) {
        placement = writer.write(frame);
        NDList arrays = block.inputArrays(context.getNDManager());
        inferenceStart = System.nanoTime();
        return arrays;
    }

    @Override
    public DetectedObjects processOutput(TranslatorContext context, NDList outputs) {
        inferenceNanos = System.nanoTime() - inferenceStart;
        candidates.clear();
        decoder.decode(reader.read(outputs), minScore, candidates);
        float iou = decoder.overlaps() ? folder.thresholds().iou() : 1;
        candidates.choose(iou, folder.thresholds().maxDetections());
        return objects();
    }

    private DetectedObjects objects() {
        int count = candidates.chosenSize();
        List<String> names = new ArrayList<>(count);
        List<Double> scores = new ArrayList<>(count);
        List<BoundingBox> boxes = new ArrayList<>(count);
        for (int rank = 0; rank < count; rank++) {
            int i = candidates.chosen(rank);
            String name = name(candidates.classNumber(i));
            double left = partOfWidth(candidates.left(i));
            double top = partOfHeight(candidates.top(i));
            double right = partOfWidth(candidates.right(i));
            double bottom = partOfHeight(candidates.bottom(i));
            // A box inside the padding of a letterbox, or outside the picture, contains no object.
            if (right > left && bottom > top && !name.equals(UNUSED)) {
                names.add(name);
                scores.add((double) candidates.score(i));
                boxes.add(new Rectangle(left, top, right - left, bottom - top));
            }
        }
        return new DetectedObjects(names, scores, boxes);
    }

    /** A class number beyond the end of the labels file becomes the name, so that the detection is not lost. */
    private String name(int classNumber) {
        boolean known = classNumber >= 0 && classNumber < folder.labels().size();
        return known ? folder.labels().get(classNumber) : "#" + classNumber;
    }

    private double partOfWidth(double partOfInput) {
        return clamp((partOfInput * folder.input().width() - placement.left()) / placement.width());
    }

    private double partOfHeight(double partOfInput) {
        return clamp((partOfInput * folder.input().height() - placement.top()) / placement.height());
    }

    private static double clamp(double value) {
        return Math.max(0, Math.min(1, value));
    }

    /** How long the interpreter worked on the last frame, ns; 0 before the first. */
    long inferenceNanos() {
        return inferenceNanos;
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
            writer = null;
        }
        block = null;
    }
}
