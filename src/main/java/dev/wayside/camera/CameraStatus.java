package dev.wayside.camera;

import java.time.Instant;

/**
 * A camera's status at one moment. Contains no secrets, so it may appear on pages and in logs.
 *
 * @param name the camera's name
 * @param url the source of its pictures, without user, password or other secrets
 * @param state the current state
 * @param reason why there are no pictures, one sentence; null when {@code state} is not {@link State#FAILED}
 * @param since when this state began
 * @param width of the newest picture in pixels; 0 before the first
 * @param height of the newest picture in pixels; 0 before the first
 * @param fps pictures per second, measured over the last few seconds; 0 if there are none
 * @param frames the number of pictures since the start
 * @param reconnects how often it has recovered from a failure
 */
public record CameraStatus(
        String name,
        String url,
        State state,
        String reason,
        Instant since,
        int width,
        int height,
        double fps,
        long frames,
        long reconnects) {

    /** The states of a camera. */
    public enum State {
        /** It is being opened for the first time; no failure so far. */
        STARTING,
        /** It delivers pictures. */
        RUNNING,
        /** It delivers no pictures; {@link CameraStatus#reason()} says why. It keeps retrying. */
        FAILED,
        /** It is closed, or not started yet. */
        STOPPED
    }

    /** Whether it delivers pictures. */
    public boolean running() {
        return state == State.RUNNING;
    }
}
