package dev.wayside.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.metric.Dimension;
import ai.djl.metric.Metrics;
import ai.djl.metric.Unit;
import dev.wayside.frame.VideoFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class DetectorTest {
    private static final ModelFolder SHIPPED = ModelFolder.load(ModelFolderTest.SHIPPED);
    private static final int FRAME = 52;

    @Test
    void givesTheStrongestFirstWithBoxesInsideTheFrame() throws Exception {
        try (Detector detector = Detector.builder(SHIPPED).open()) {
            withFrame(frame -> {
                AnalysedFrame analysed = detector.detect(frame);
                assertTrue(analysed.detections().getNumberOfObjects() > 5);
                double last = 1;
                for (Sighting sighting : Sighting.of(analysed)) {
                    assertTrue(sighting.score() <= last && sighting.score() >= 0.35, sighting::toString);
                    assertTrue(sighting.left() >= 0 && sighting.top() >= 0, sighting::toString);
                    assertTrue(sighting.left() + sighting.width() <= Sighting.FRAME_WIDTH + 1e-3, sighting::toString);
                    assertTrue(sighting.top() + sighting.height() <= Sighting.FRAME_HEIGHT + 1e-3, sighting::toString);
                    last = sighting.score();
                }
            });
        }
    }

    @Test
    void detectsTheSameWithoutXnnpackAndWithOneThread() throws Exception {
        try (Detector fast = Detector.builder(SHIPPED).open();
                Detector plain = Detector.builder(SHIPPED)
                        .optThreads(1)
                        .optXnnpack(false)
                        .open()) {
            withFrame(frame -> {
                List<Sighting> expected = Sighting.of(fast.detect(frame));
                List<Sighting> actual = Sighting.of(plain.detect(frame));
                assertEquals(expected.size(), actual.size());
                for (int i = 0; i < expected.size(); i++) {
                    assertEquals(expected.get(i).label(), actual.get(i).label());
                    assertEquals(expected.get(i).score(), actual.get(i).score(), 0.01);
                    assertTrue(expected.get(i).iou(actual.get(i)) > 0.98);
                }
            });
        }
    }

    @Test
    void overridesTheFoldersThreshold() throws Exception {
        try (Detector detector =
                Detector.builder(SHIPPED).optScoreThreshold(0.8f).open()) {
            withFrame(frame -> assertTrue(
                    Sighting.of(detector.detect(frame)).stream().allMatch(sighting -> sighting.score() >= 0.8)));
        }
    }

    @Test
    void measuresItself() throws Exception {
        try (Detector detector = Detector.builder(SHIPPED).open()) {
            Metrics metrics = new Metrics();
            detector.setMetrics(metrics);
            withFrame(frame -> {
                AnalysedFrame analysed = detector.detect(frame);
                assertSame(frame, analysed.frame());
                assertTrue(analysed.inferenceTime().compareTo(Duration.ofMillis(1)) > 0);
            });
            assertEquals(1, metrics.getMetric("Preprocess").size());
            assertEquals(1, metrics.getMetric("Inference").size());
        }
    }

    @Test
    void aFrameKeepsItsOwnInferenceTimeWhenAnothersTakesLonger() throws Exception {
        Duration holdUp = Duration.ofSeconds(2);
        try (Detector detector = Detector.builder(SHIPPED).open()) {
            detector.setMetrics(new HoldUp("slow camera", holdUp));
            withFrame(frame -> {
                AnalysedFrame quick = inThread("quick camera", () -> detector.detect(frame));
                AnalysedFrame slow = inThread("slow camera", () -> detector.detect(frame));
                assertTrue(slow.inferenceTime().compareTo(holdUp) >= 0, slow::toString);
                assertTrue(quick.inferenceTime().compareTo(holdUp) < 0, quick::toString);
            });
        }
    }

    @Test
    void saysHowLongItHasWorkedOnAFrame() throws Exception {
        try (Detector detector = Detector.builder(SHIPPED).open()) {
            List<Duration> during = new ArrayList<>();
            detector.setMetrics(new Metrics() {
                @Override
                public void addMetric(String name, Number value, Unit unit, Dimension... dimensions) {
                    during.add(detector.busyFor());
                    super.addMetric(name, value, unit, dimensions);
                }
            });
            assertEquals(Duration.ZERO, detector.busyFor());
            withFrame(detector::detect);
            assertEquals(Duration.ZERO, detector.busyFor());
            assertTrue(during.get(0).compareTo(Duration.ZERO) > 0, during::toString);
            assertTrue(during.get(1).compareTo(during.get(0)) > 0, during::toString);
        }
    }

    @Test
    void takesFramesFromSeveralThreads() throws Exception {
        try (Detector detector = Detector.builder(SHIPPED).open()) {
            withFrame(frame -> {
                List<Sighting> expected = Sighting.of(detector.detect(frame));
                List<CompletableFuture<List<Sighting>>> runs = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    runs.add(CompletableFuture.supplyAsync(() -> Sighting.of(detector.detect(frame))));
                }
                runs.forEach(run -> assertEquals(expected, run.join()));
            });
        }
    }

    @Test
    void refusesToWorkWhenClosed() throws Exception {
        Detector detector = Detector.builder(SHIPPED).open();
        detector.close();
        detector.close();
        withFrame(frame -> {
            String message = assertThrows(IllegalStateException.class, () -> detector.detect(frame))
                    .getMessage();
            assertEquals("The detector of ssdlite-mobilenet-v2-coco is closed.", message);
        });
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Detector.builder(SHIPPED).optThreads(0).open());
        assertThrows(
                IllegalArgumentException.class,
                () -> Detector.builder(SHIPPED).optScoreThreshold(1.5f).open());
    }

    private static void withFrame(java.util.function.Consumer<VideoFrame> action) throws Exception {
        Clip.frames(new TreeSet<>(List.of(FRAME)), (number, frame) -> action.accept(frame));
    }

    private static <T> T inThread(String name, Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, run -> new Thread(run, name).start())
                .join();
    }

    /**
     * Blocks one thread after it has written its frame and before the interpreter runs; DJL counts this as inference.
     */
    private static final class HoldUp extends Metrics {
        private final String thread;
        private final Duration time;

        HoldUp(String thread, Duration time) {
            this.thread = thread;
            this.time = time;
        }

        @Override
        public void addMetric(String name, Number value, Unit unit, Dimension... dimensions) {
            if (name.equals("Preprocess") && Thread.currentThread().getName().equals(thread)) {
                LockSupport.parkNanos(time.toNanos());
            }
            super.addMetric(name, value, unit, dimensions);
        }
    }
}
