package dev.wayside.doctor;

import dev.wayside.camera.UnpacedFrames;
import dev.wayside.config.DetectKeys;
import dev.wayside.detect.Detector;
import dev.wayside.failure.InvalidInputException;
import dev.wayside.failure.Reason;
import dev.wayside.frame.VideoFrame;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Loads the model, which checks its SHA-256, and times it with pictures of the sample clip. */
final class ModelCheck implements Check {
    private static final int TIMED = 5;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Subject subject;
    private Detector detector;

    /** Checks the model that the settings name. */
    ModelCheck(Subject subject) {
        this.subject = subject;
    }

    /** The detector, once the model has been found good. */
    Optional<Detector> detector() {
        return Optional.ofNullable(detector);
    }

    @Override
    public String name() {
        return "model";
    }

    @Override
    public void run(Findings findings) {
        try {
            detector = subject.detector().get();
        } catch (InvalidInputException e) {
            findings.problem(name(), e.getMessage());
            return;
        }
        String loaded = detector.folder().name() + " is intact (SHA-256)";
        try {
            time(loaded, findings);
        } catch (IOException e) {
            findings.warning(name(), loaded + ", but could not be timed: " + Reason.ofRoot(e));
        }
    }

    private void time(String loaded, Findings findings) throws IOException {
        double[] millis = new double[TIMED];
        try (UnpacedFrames clip = new UnpacedFrames(subject.home().directory())) {
            // The first picture also prepares the interpreter.
            for (int i = -1; i < TIMED; i++) {
                long start = System.nanoTime();
                try (VideoFrame frame = clip.next()) {
                    detector.detect(frame);
                }
                millis[Math.max(i, 0)] = (System.nanoTime() - start) / NANOS_PER_MILLI;
            }
        }
        Arrays.sort(millis);
        double median = millis[TIMED / 2];
        double share = subject.cameras().stream()
                .mapToDouble(camera -> median / camera.period().toMillis())
                .sum();
        String found = String.format(Locale.ROOT, "%s; one picture takes %.0f ms", loaded, median);
        if (share > 1) {
            findings.warning(
                    name(),
                    found + ", longer than the pace of the cameras allows, so fewer pictures are analysed: set a longer"
                            + " camera.period, more " + DetectKeys.THREADS + " or a smaller model");
        } else {
            findings.ok(name(), found);
        }
    }

    @Override
    public void close() {
        if (detector != null) {
            detector.close();
        }
    }
}
