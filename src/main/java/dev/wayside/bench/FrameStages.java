package dev.wayside.bench;

import ai.djl.metric.Metrics;
import dev.wayside.detect.Detector;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Splits the cost of a frame that a {@link CameraDriver} sends into stages. Not thread-safe. */
final class FrameStages {
    /** The ids of steps in {@code routes/}, and the stage that each belongs to. */
    private static final Map<String, String> STAGE_OF_STEP = Map.of(
            "event", "flatten",
            "flatten", "flatten",
            "accept", "journal",
            "publish", "publish");

    private final StageTimer steps = new StageTimer(STAGE_OF_STEP);
    private long decoded;
    private Metrics metrics;

    /** The interceptor that Camel needs before it builds the routes. */
    StageTimer steps() {
        return steps;
    }

    /** Records the decoding time of the frame. */
    void decoded(long nanoseconds) {
        decoded = nanoseconds;
    }

    /** Starts the measurement of a frame that is about to be sent. */
    void begin(Detector detector) {
        metrics = new Metrics();
        detector.setMetrics(metrics);
        STAGE_OF_STEP.values().forEach(steps::take);
    }

    /** Ends the measurement of the frame and adds its stages. */
    void end(StageTimings timings) {
        timings.of("decode").add(decoded);
        timings.of("resize").add(nanoseconds("Preprocess"));
        timings.of("invoke").add(nanoseconds("Inference"));
        timings.of("decode boxes").add(nanoseconds("Postprocess"));
        for (String stage : List.of("flatten", "journal", "publish")) {
            timings.of(stage).add(steps.take(stage));
        }
    }

    private long nanoseconds(String metric) {
        return TimeUnit.MICROSECONDS.toNanos(
                metrics.latestMetric(metric).getValue().longValue());
    }
}
