package dev.wayside.camera;

import dev.wayside.camera.CameraStatus.State;
import dev.wayside.status.RateMeter;
import dev.wayside.status.Repetition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a camera's status and logs its changes: each reason once, not at every attempt. */
final class StatusKeeper {
    private static final Logger log = LoggerFactory.getLogger(Camera.class);
    private static final Duration REMINDER_INTERVAL = Duration.ofMinutes(10);
    private static final String OTHER_SIZE = "another size";

    private final LongSupplier nanoTime;
    private final String name;
    private final String url;
    private final RateMeter rate = new RateMeter();
    private final Repetition repetition;

    private State state = State.STOPPED;
    private String reason;
    private Instant since = Instant.now();
    private int width;
    private int height;
    private long frames;
    private long lastFrame;
    private long reconnects;
    private boolean logRecovery;
    private boolean logged;

    /**
     * Starts with a camera that is stopped.
     *
     * @param nanoTime {@link System#nanoTime()}, or a test's clock
     */
    StatusKeeper(CameraSettings settings, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.repetition = new Repetition(nanoTime, REMINDER_INTERVAL);
        this.name = settings.name();
        this.url = settings.url().redacted();
    }

    synchronized void starting() {
        change(State.STARTING, null);
    }

    synchronized void stopped() {
        change(State.STOPPED, null);
    }

    /**
     * Counts a picture.
     *
     * @return its number, from 1
     */
    synchronized long frame(int newWidth, int newHeight, double declaredRate) {
        boolean otherSize = newWidth != width || newHeight != height;
        width = newWidth;
        height = newHeight;
        frames++;
        if (state != State.RUNNING) {
            if (state == State.FAILED && frames > 1) {
                reconnects++;
            }
            rate.reset();
            change(State.RUNNING, null);
            logRunning(declaredRate);
        } else if (otherSize) {
            // A folder may have a picture of another size each time.
            repetition.add(
                    OTHER_SIZE,
                    () -> log.info("camera {}: pictures are {}x{} from now on", name, width, height),
                    times -> log.info(
                            "camera {}: pictures are {}x{} now; the size changed {} times since the last report",
                            name,
                            width,
                            height,
                            times));
        }
        lastFrame = nanoTime.getAsLong();
        rate.count(lastFrame);
        return frames;
    }

    private void logRunning(double declaredRate) {
        String pictures = width + "x" + height + (declaredRate > 0 ? " at " + round(declaredRate) + " frames/s" : "");
        if (!logged) {
            log.info("camera {}: {} from {}", name, pictures, url);
        } else if (logRecovery) {
            log.info("camera {}: pictures are back, {} from {}", name, pictures, url);
        }
        logged = true;
        logRecovery = false;
    }

    private static String round(double rate) {
        return rate == Math.rint(rate)
                ? Long.toString((long) rate)
                : String.format(java.util.Locale.ROOT, "%.2f", rate);
    }

    synchronized void failed(String why, Duration pause) {
        if (state != State.FAILED || !why.equals(reason)) {
            change(State.FAILED, why);
        }
        repetition.add(
                why,
                () -> {
                    logRecovery = true;
                    log.warn("camera {}: {}; retrying until it works", name, why);
                },
                times -> {
                    logRecovery = true;
                    log.warn(
                            "camera {}: {}; failed {} times since the last report, retrying until it works",
                            name,
                            why,
                            times);
                });
        log.debug("camera {}: {}; next attempt in {} ms", name, why, pause.toMillis());
    }

    /** Logs a message about a source that continues. */
    synchronized void notice(String sentence) {
        repetition.add(
                sentence,
                () -> log.warn("camera {}: {}", name, sentence),
                times -> log.warn("camera {}: {}; {} such messages since the last report", name, sentence, times));
    }

    /** How long ago the newest picture arrived; empty before the first. */
    synchronized Optional<Duration> frameAge() {
        return frames == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanoTime.getAsLong() - lastFrame));
    }

    private void change(State to, String why) {
        state = to;
        reason = why;
        since = Instant.now();
    }

    synchronized CameraStatus status() {
        double fps = state == State.RUNNING ? rate.perSecond(nanoTime.getAsLong()) : 0;
        return new CameraStatus(name, url, state, reason, since, width, height, fps, frames, reconnects);
    }
}
