package dev.wayside.doctor;

import dev.wayside.camera.Camera;
import dev.wayside.camera.CameraSettings;
import dev.wayside.camera.CameraStatus;
import dev.wayside.detect.AnalysedFrame;
import dev.wayside.frame.VideoFrame;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Takes one picture from a camera, with the reader of the pipeline, and describes it.
 *
 * @param settings of the camera
 * @param model finds the objects in the picture, if it is usable
 * @param wayside the process of a running Wayside, which has the devices open
 */
record CameraCheck(CameraSettings settings, ModelCheck model, OptionalLong wayside) implements Check {
    /** The camera reports its own timeout slightly after that has passed. */
    private static final Duration REPORTED = Duration.ofSeconds(2);

    private static final long POLL_MILLIS = 50;
    /** Of 255; a covered lens gives less, a street at night more. */
    private static final double DARK = 8;

    @Override
    public String name() {
        return "camera " + settings.name();
    }

    @Override
    public void run(Findings findings) throws InterruptedException {
        if (wayside.isPresent() && settings.url().isExclusive()) {
            findings.warning(
                    name(),
                    settings.url() + " was not opened, since the running Wayside uses it: see the live page, or stop"
                            + " Wayside and run this command again");
            return;
        }
        try (Camera camera = new Camera(settings)) {
            camera.start();
            Optional<VideoFrame> picture = await(camera);
            if (picture.isEmpty()) {
                findings.problem(name(), why(camera.status()));
                return;
            }
            try (VideoFrame frame = picture.get()) {
                describe(frame, findings);
            }
        }
    }

    /** Until there is a picture, or the first attempt has failed. */
    private Optional<VideoFrame> await(Camera camera) throws InterruptedException {
        long latest = System.nanoTime() + settings.stallTimeout().plus(REPORTED).toNanos();
        Optional<VideoFrame> picture = camera.takeNewest();
        while (picture.isEmpty()
                && System.nanoTime() < latest
                && camera.status().state() != CameraStatus.State.FAILED) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            picture = camera.takeNewest();
        }
        return picture;
    }

    private String why(CameraStatus status) {
        String reason = status.reason() == null ? "no picture from " + settings.url() : status.reason();
        return reason + (wayside.isPresent() ? ". A running Wayside may have the only connection that it allows" : "")
                + ". docs/troubleshooting.md explains each message";
    }

    private void describe(VideoFrame frame, Findings findings) {
        String picture = frame.width() + "x" + frame.height() + " from " + settings.url();
        if (Brightness.of(frame) < DARK) {
            findings.warning(name(), picture + " is almost black: check the lens cap, the light and the exposure");
            return;
        }
        findings.ok(
                name(),
                picture
                        + model.detector()
                                .map(detector -> seen(detector.detect(frame)))
                                .orElse(""));
    }

    private static String seen(AnalysedFrame analysed) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < analysed.detections().getNumberOfObjects(); i++) {
            counts.merge(analysed.detections().item(i).getClassName(), 1, Integer::sum);
        }
        return counts.isEmpty() ? "; the model finds nothing in it" : "; the model finds in it: " + words(counts);
    }

    private static String words(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .reduce((all, next) -> all + ", " + next)
                .orElseThrow();
    }
}
