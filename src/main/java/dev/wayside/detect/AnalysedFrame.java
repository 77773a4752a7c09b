package dev.wayside.detect;

import ai.djl.modality.cv.output.DetectedObjects;
import dev.wayside.frame.VideoFrame;
import java.time.Duration;

/**
 * A frame and the objects detected in it.
 *
 * @param frame the picture; only the step that took it from the camera closes it
 * @param detections the objects, strongest first; boxes as fractions of the frame, 0..1
 * @param inferenceTime the time that the interpreter alone took for this frame
 */
public record AnalysedFrame(VideoFrame frame, DetectedObjects detections, Duration inferenceTime) {
    /** The inference time in milliseconds, including fractions. */
    public double inferenceMillis() {
        return inferenceTime.toNanos() / 1e6;
    }
}
