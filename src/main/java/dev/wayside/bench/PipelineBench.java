package dev.wayside.bench;

import ai.djl.metric.Metrics;
import dev.wayside.camera.UnpacedFrames;
import dev.wayside.detect.Detector;
import dev.wayside.frame.VideoFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.EventNotifierSupport;

/**
 * Drives the real routes frame by frame, from the decoder to the broker's acknowledgement, and after every frame lets a
 * second interpreter of the same model and thread count do nothing but {@code Invoke()}: what the model costs, and what
 * everything around it costs, in one run.
 */
public final class PipelineBench {
    private static final int WARM_UP = 200;
    private static final long LONGEST_SECONDS = 30;
    /** The step's id in {@code routes/}, and the stage it belongs to. */
    private static final Map<String, String> STAGE_OF_STEP = Map.of(
            "event", "flatten",
            "flatten", "flatten",
            "address", "flatten",
            "to-json", "flatten",
            "accept", "journal",
            "publish", "publish");

    private final Map<String, Timings> stages = new LinkedHashMap<>();
    private final Timings whole = new Timings();
    private final Timings raw = new Timings();
    private final StageTimer stageTimer = new StageTimer(STAGE_OF_STEP);
    private final Semaphore delivered = new Semaphore(0);

    /** Makes an empty one. */
    public PipelineBench() {
        for (String stage :
                new String[] {"decode", "resize", "invoke", "decode boxes", "flatten", "journal", "publish"}) {
            stages.put(stage, new Timings());
        }
    }

    /** What must stand in Camel's registry before the routes are built. */
    public void bindTo(Registry registry) {
        registry.bind("stageTimer", stageTimer);
    }

    /**
     * Runs.
     *
     * @param context of the running application
     * @param route the camera route to drive
     * @param home the folder Wayside is installed in
     * @param rawDetector of the same model and as many threads as the application's
     * @param frames how many to measure, after 200 to warm up
     * @throws Exception if a frame does not make it to the broker
     */
    public void run(CamelContext context, String route, Path home, Detector rawDetector, int frames) throws Exception {
        Detector detector = context.getRegistry().findSingleByType(Detector.class);
        try (CameraDriver camera = new CameraDriver(context, route, home, stages.get("decode")::add)) {
            context.getManagementStrategy().addEventNotifier(new Deliveries());
            giveInput(rawDetector, home);
            for (int i = 0; i < WARM_UP + frames; i++) {
                if (i < WARM_UP) {
                    // Frames that the timer sent before may still be on their way.
                    delivered.drainPermits();
                } else if (i == WARM_UP) {
                    clear();
                }
                oneFrame(camera, detector);
                long start = System.nanoTime();
                rawDetector.predictor().block().invoke();
                raw.add(System.nanoTime() - start);
            }
        }
    }

    private static void giveInput(Detector rawDetector, Path home) throws IOException {
        try (UnpacedFrames reader = new UnpacedFrames(home);
                VideoFrame first = reader.next()) {
            rawDetector.detect(first);
        }
    }

    /** The stages in the order of the flow. */
    Map<String, Timings> stages() {
        return stages;
    }

    /** From before the decoder to after the broker's last acknowledgement. */
    Timings whole() {
        return whole;
    }

    /** The model alone. */
    Timings raw() {
        return raw;
    }

    private void oneFrame(CameraDriver camera, Detector detector) throws Exception {
        Metrics metrics = new Metrics();
        detector.setMetrics(metrics);
        long start = System.nanoTime();
        camera.send();
        if (!delivered.tryAcquire(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    "a frame's messages did not reach the broker within " + LONGEST_SECONDS + " s");
        }
        // Before the next frame the cursor has moved too, but nobody waits for that.
        whole.add(stageTimer.lastEnd("publish") - start);
        stages.get("resize").add(micros(metrics, "Preprocess"));
        stages.get("invoke").add(micros(metrics, "Inference"));
        stages.get("decode boxes").add(micros(metrics, "Postprocess"));
        stages.get("flatten").add(stageTimer.take("flatten"));
        stages.get("journal").add(stageTimer.take("journal"));
        stages.get("publish").add(stageTimer.take("publish"));
    }

    private static long micros(Metrics metrics, String name) {
        return TimeUnit.MICROSECONDS.toNanos(
                metrics.latestMetric(name).getValue().longValue());
    }

    private void clear() {
        stages.values().forEach(Timings::clear);
        whole.clear();
        raw.clear();
    }

    /** Tells when the broker has acknowledged a frame's messages and the journal's cursor has moved past its event. */
    private final class Deliveries extends EventNotifierSupport {
        @Override
        public void notify(CamelEvent event) {
            Exchange exchange = ((CamelEvent.ExchangeEvent) event).getExchange();
            // The parts of a split complete too; the whole is done when the exchange they came from is.
            boolean part = exchange.getProperty(ExchangePropertyKey.SPLIT_INDEX) != null;
            if (!part && "mqtt".equals(exchange.getVariable("sink"))) {
                delivered.release();
            }
        }

        @Override
        public boolean isEnabled(CamelEvent event) {
            return event instanceof CamelEvent.ExchangeCompletedEvent;
        }
    }
}
