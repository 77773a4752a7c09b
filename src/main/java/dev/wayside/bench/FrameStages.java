package dev.wayside.bench;

import ai.djl.metric.Metrics;
import dev.wayside.detect.Detector;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Takes apart what a frame costs that a {@link CameraDriver} sends, stage by stage. For one thread. */
final class FrameStages {
    /** The step's id in {@code routes/}, and the stage it belongs to. */
    private static final Map<String, String> STAGE_OF_STEP = Map.of(
            "event", "flatten",
            "flatten", "flatten",
            "accept", "journal",
            "publish", "publish");

    private final StageTimer steps = new StageTimer(STAGE_OF_STEP);
    private long decoded;
    private Metrics metrics;

    /** What Camel must have before the routes are built. */
    StageTimer steps() {
        return steps;
    }

    /** Decoding took so long. */
    void decoded(long nanoseconds) {
        decoded = nanoseconds;
    }

    /** A frame is about to be sent. */
    void begin(Detector detector) {
        metrics = new Metrics();
        detector.setMetrics(metrics);
        STAGE_OF_STEP.values().forEach(steps::take);
    }

    /** The frame is through. */
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
