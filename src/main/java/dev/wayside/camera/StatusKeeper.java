package dev.wayside.camera;

import dev.wayside.camera.CameraStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what a camera's status tells, and logs when it changes: a reason once, not with every attempt. */
final class StatusKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(Camera.class);
    private static final Duration REMIND = Duration.ofMinutes(10);
    private static final int REASONS_KEPT = 32;

    private final String name;
    private final String url;
    private final RateMeter rate = new RateMeter();
    private final Map<String, Instant> logged = new LinkedHashMap<>();

    private State state = State.STOPPED;
    private String reason;
    private Instant since = Instant.now();
    private int width;
    private int height;
    private long frames;
    private long reconnects;
    private boolean tellRecovery;
    private boolean told;

    StatusKeeper(CameraSettings settings) {
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
     * A picture came.
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
            tellRunning(declaredRate);
        } else if (otherSize) {
            LOG.info("camera {}: pictures are {}x{} from now on", name, width, height);
        }
        rate.count(System.nanoTime());
        return frames;
    }

    private void tellRunning(double declaredRate) {
        String pictures = width + "x" + height + (declaredRate > 0 ? " at " + round(declaredRate) + " frames/s" : "");
        if (!told) {
            LOG.info("camera {}: {} from {}", name, pictures, url);
        } else if (tellRecovery) {
            LOG.info("camera {}: pictures are back, {} from {}", name, pictures, url);
        }
        told = true;
        tellRecovery = false;
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
        Instant now = Instant.now();
        Instant last = logged.get(why);
        if (last == null || Duration.between(last, now).compareTo(REMIND) > 0) {
            logged.put(why, now);
            tellRecovery = true;
            LOG.warn("camera {}: {}; trying again until it works", name, why);
        } else {
            LOG.debug("camera {}: {}; next attempt in {} ms", name, why, pause.toMillis());
        }
        if (logged.size() > REASONS_KEPT) {
            logged.remove(logged.keySet().iterator().next());
        }
    }

    private void change(State to, String why) {
        state = to;
        reason = why;
        since = Instant.now();
    }

    synchronized CameraStatus status() {
        double fps = state == State.RUNNING ? rate.perSecond(System.nanoTime()) : 0;
        return new CameraStatus(name, url, state, reason, since, width, height, fps, frames, reconnects);
    }
}
