package dev.wayside.camera;

import java.time.Instant;

/**
 * How a camera is doing, at one moment. Holds no secrets: fit for pages and logs.
 *
 * @param name the camera's name
 * @param url where its pictures come from, without user, password or other secrets
 * @param state what it is doing
 * @param reason why there are no pictures, one sentence; null when {@code state} is not {@link State#FAILED}
 * @param since when this state began
 * @param width of the newest picture in pixels; 0 before the first
 * @param height of the newest picture in pixels; 0 before the first
 * @param fps pictures per second, measured over the last few seconds; 0 when none come
 * @param frames how many pictures were grabbed since the start
 * @param reconnects how many times pictures came back after a failure
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

    /** What a camera may be doing. */
    public enum State {
        /** Being opened for the first time; no failure so far. */
        STARTING,
        /** Pictures are coming. */
        RUNNING,
        /** No pictures are coming; {@link CameraStatus#reason()} says why. Attempts go on. */
        FAILED,
        /** Closed, or not started. */
        STOPPED
    }

    /** Whether pictures are coming. */
    public boolean running() {
        return state == State.RUNNING;
    }
}
