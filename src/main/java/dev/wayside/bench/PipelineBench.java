package dev.wayside.bench;

import dev.wayside.camera.UnpacedFrames;
import dev.wayside.detect.Detector;
import dev.wayside.failure.UnavailableException;
import dev.wayside.frame.VideoFrame;
import dev.wayside.journal.Batch;
import dev.wayside.journal.component.JournalConstants;
import dev.wayside.status.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.EventNotifierSupport;

/**
 * Drives the real routes frame by frame, from the decoder to the broker's acknowledgement. After each frame, a second
 * interpreter with the same model and thread count runs {@code Invoke()} alone. So one run gives both the cost of the
 * model and the cost of everything around it.
 */
public final class PipelineBench {
    private static final int WARM_UP = 200;
    private static final long TIMEOUT_SECONDS = 30;

    private final FrameStages stages = new FrameStages();
    private final StageTimings timings = new StageTimings();
    private final Semaphore delivered = new Semaphore(0);

    /** Binds what Camel needs in its registry before it builds the routes. */
    public void bindTo(Registry registry) {
        registry.bind("stageTimer", stages.steps());
    }

    /**
     * Drives the camera's route frame by frame and measures each stage.
     *
     * @param context of the running application
     * @param route the camera route to drive
     * @param home the folder Wayside is installed in
     * @param rawDetector has the same model and thread count as the application's
     * @param frames the number of frames to measure, after a warm-up of 200
     * @param output shows the progress
     * @throws Exception if the messages of a frame do not reach the broker
     */
    public void run(
            CamelContext context, String route, Path home, Detector rawDetector, int frames, Progress.Output output)
            throws Exception {
        Detector detector = context.getRegistry().findSingleByType(Detector.class);
        try (CameraDriver camera = new CameraDriver(context, route, home, stages)) {
            context.getManagementStrategy().addEventNotifier(new Deliveries());
            giveInput(rawDetector, home);
            Progress progress = new Progress("bench", "frames", (long) WARM_UP + frames, output);
            for (int i = 0; i < WARM_UP + frames; i++) {
                if (i < WARM_UP) {
                    // Frames that the timer sent earlier may still be in flight.
                    delivered.drainPermits();
                } else if (i == WARM_UP) {
                    timings.clear();
                }
                oneFrame(camera, detector);
                long start = System.nanoTime();
                rawDetector.rerun();
                timings.of("raw invoke").add(System.nanoTime() - start);
                progress.at(i + 1L);
            }
            progress.end();
        }
    }

    private static void giveInput(Detector rawDetector, Path home) throws IOException {
        try (UnpacedFrames reader = new UnpacedFrames(home);
                VideoFrame first = reader.next()) {
            rawDetector.detect(first);
        }
    }

    /** The stages in pipeline order, the whole frame, and the model alone. */
    StageTimings timings() {
        return timings;
    }

    private void oneFrame(CameraDriver camera, Detector detector) throws Exception {
        stages.begin(detector);
        long start = System.nanoTime();
        camera.send();
        if (!delivered.tryAcquire(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw new UnavailableException(
                    "a frame's messages did not reach the broker within " + TIMEOUT_SECONDS + " s");
        }
        // The permit also covers the move of the cursor. That is not part of a frame's time, so the time ends with the
        // acknowledgement.
        long end = stages.steps().lastEnd("publish");
        stages.end(timings);
        timings.of("whole frame").add(end - start);
    }

    /**
     * Signals that the broker has acknowledged a frame's messages and that the journal's cursor has moved past its
     * event.
     */
    private final class Deliveries extends EventNotifierSupport {
        @Override
        public void notify(CamelEvent event) {
            Exchange exchange = ((CamelEvent.ExchangeEvent) event).getExchange();
            // The parts of a split complete as well; only the original exchange ends the delivery.
            boolean part = exchange.getProperty(ExchangePropertyKey.SPLIT_INDEX) != null;
            Batch batch = exchange.getProperty(JournalConstants.BATCH, Batch.class);
            if (!part && batch != null && batch.sink().equals("mqtt")) {
                delivered.release();
            }
        }

        @Override
        public boolean isEnabled(CamelEvent event) {
            return event instanceof CamelEvent.ExchangeCompletedEvent;
        }
    }
}
