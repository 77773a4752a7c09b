package dev.wayside.detect;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.metric.Metrics;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.translate.TranslateException;
import dev.wayside.frame.VideoFrame;
import dev.wayside.tflite.TfLitePredictor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds objects in frames with the model of a folder.
 *
 * <pre>{@code
 * try (Detector detector = Detector.builder(ModelFolder.load(Path.of("models/mine"))).optThreads(2).open()) {
 *     DetectedObjects objects = detector.detect(frame).detections();
 * }
 * }</pre>
 *
 * <p>Works on one frame at a time; further threads wait. Open one detector per thread to work in parallel.
 */
public final class Detector implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Detector.class);
    private static final String ENGINE = "TFLite";
    private static final int MOST_THREADS = 64;

    private final ModelFolder folder;
    private final Model model;
    private final DetectionTranslator translator;
    private final TfLitePredictor<VideoFrame, DetectedObjects> predictor;
    /** Since when it works on a frame, by {@link System#nanoTime()}; null between frames. */
    private volatile Long busySince;

    private boolean closed;

    private Detector(Builder builder) {
        folder = builder.folder;
        translator = new DetectionTranslator(folder, builder.scoreThreshold);
        model = Model.newInstance(folder.name(), ENGINE);
        try {
            Path file = folder.model();
            model.load(file.toAbsolutePath().getParent(), file.getFileName().toString(), builder.options);
            predictor = (TfLitePredictor<VideoFrame, DetectedObjects>) model.newPredictor(translator);
        } catch (IOException | MalformedModelException | EngineException | IllegalArgumentException e) {
            model.close();
            throw new ModelFolderException(folder.model() + " cannot be loaded: " + e.getMessage(), e);
        }
        try {
            translator.bind(predictor.block());
        } catch (ModelFolderException e) {
            close();
            throw e;
        } catch (EngineException | IllegalArgumentException e) {
            close();
            throw new ModelFolderException(folder.model() + " cannot be run: " + e.getMessage(), e);
        }
        log.info(
                "Detecting with the model {} of {}: input {}x{}, minimum score {}",
                folder.name(),
                folder.folder(),
                folder.input().width(),
                folder.input().height(),
                translator.minScore());
    }

    /**
     * Starts building a detector.
     *
     * @param folder the model
     */
    public static Builder builder(ModelFolder folder) {
        return new Builder(folder);
    }

    /**
     * Finds the objects in a frame.
     *
     * @param frame the picture; the caller keeps ownership
     * @return the frame with the objects whose score reaches the threshold
     * @throws DetectorClosedException if the detector is closed
     * @throws IllegalStateException if the model fails
     * @throws IllegalArgumentException if FFmpeg cannot convert the frame's pixels
     */
    public synchronized AnalysedFrame detect(VideoFrame frame) {
        requireOpen();
        busySince = System.nanoTime();
        try {
            DetectedObjects objects = predictor.predict(frame);
            // Read under the lock: the next frame may come from another camera.
            return new AnalysedFrame(frame, objects, Duration.ofNanos(translator.inferenceNanos()));
        } catch (TranslateException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("The model " + folder.name() + " failed: " + e.getMessage(), e);
        } finally {
            busySince = null;
        }
    }

    /** How long it has been working on the current frame; zero between frames. Never waits. */
    public Duration busyFor() {
        Long since = busySince;
        return since == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    /**
     * Makes DJL measure each frame from now on: Preprocess, Inference and Postprocess, in microseconds.
     *
     * @param metrics receives the figures; null to stop
     */
    public synchronized void setMetrics(Metrics metrics) {
        predictor.setMetrics(metrics);
    }

    /** The folder of the model in use. */
    public ModelFolder folder() {
        return folder;
    }

    /** The minimum score of a detection. */
    public float scoreThreshold() {
        return translator.minScore();
    }

    /**
     * Runs the model once more on the input of the latest frame and does nothing else, so that a benchmark can measure
     * what the model alone costs.
     *
     * @throws DetectorClosedException if the detector is closed
     */
    public synchronized void rerun() {
        requireOpen();
        predictor.block().invoke();
    }

    /**
     * Changes the minimum score of a detection, from the next frame on.
     *
     * @param score above 0, at most 1
     * @throws IllegalArgumentException if it is out of this range
     */
    public void setScoreThreshold(float score) {
        translator.setMinScore(score);
    }

    private void requireOpen() {
        if (closed) {
            throw new DetectorClosedException(folder.name());
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            predictor.close();
            translator.close();
            model.close();
        }
    }

    /** Settings of a detector. */
    public static final class Builder {
        private final ModelFolder folder;
        private final Map<String, String> options = new HashMap<>();
        private float scoreThreshold;

        private Builder(ModelFolder folder) {
            this.folder = folder;
            this.scoreThreshold = folder.thresholds().score();
        }

        /**
         * Threads of the interpreter, 1..64; default: the number of processors.
         *
         * @throws IllegalArgumentException if there are fewer or more
         */
        public Builder optThreads(int count) {
            if (count < 1 || count > MOST_THREADS) {
                throw new IllegalArgumentException(
                        "The interpreter cannot have " + count + " threads; it must have 1 to " + MOST_THREADS + ".");
            }
            options.put("threads", String.valueOf(count));
            return this;
        }

        /** Whether XNNPACK may be used; default true. */
        public Builder optXnnpack(boolean use) {
            options.put("xnnpack", String.valueOf(use));
            return this;
        }

        /** The minimum score of a detection, above 0, at most 1; default: that of {@code model.yaml}. */
        public Builder optScoreThreshold(float score) {
            scoreThreshold = score;
            return this;
        }

        /**
         * Loads the model.
         *
         * @throws ModelFolderException if the model cannot be loaded or does not match {@code model.yaml}
         * @throws IllegalArgumentException if the score is out of its range
         */
        public Detector open() {
            return new Detector(this);
        }
    }
}
