package dev.wayside.detect;

import ai.djl.modality.cv.output.DetectedObjects;
import dev.wayside.frame.VideoFrame;
import java.time.Duration;

/**
 * A frame with what was found on it.
 *
 * @param frame the picture; whoever took it from its camera closes it, nobody else
 * @param detections the objects, strongest first; boxes in parts of the frame, 0..1
 * @param inferenceTime how long the interpreter alone worked on this frame
 */
public record AnalysedFrame(VideoFrame frame, DetectedObjects detections, Duration inferenceTime) {
    /** The inference time in milliseconds, with its fraction. */
    public double inferenceMillis() {
        return inferenceTime.toNanos() / 1e6;
    }
}
