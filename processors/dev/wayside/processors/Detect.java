package dev.wayside.processors;

import ai.djl.modality.cv.output.DetectedObjects;
import dev.wayside.detect.Detector;
import dev.wayside.frame.VideoFrame;
import dev.wayside.status.Pace;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Finds objects in a frame: {@link VideoFrame} in, DJL's {@code DetectedObjects} out, as Camel's own {@code djl}
 * component has it. The variable {@code frame} keeps the frame, {@code inferenceMillis} what the model took.
 */
public final class Detect implements Processor {
    private final Detector detector;
    private final Pace pace;

    /**
     * Makes the step.
     *
     * @param detector finds the objects
     * @param pace is told of each frame
     */
    public Detect(Detector detector, Pace pace) {
        this.detector = detector;
        this.pace = pace;
    }

    @Override
    public void process(Exchange exchange) {
        VideoFrame frame = exchange.getMessage().getBody(VideoFrame.class);
        DetectedObjects objects = detector.detect(frame);
        double inferenceMillis = detector.lastInference().toNanos() / 1e6;
        pace.mark(exchange.getVariable("camera", String.class), inferenceMillis);
        exchange.setVariable("frame", frame);
        exchange.setVariable("inferenceMillis", inferenceMillis);
        exchange.getMessage().setBody(objects);
    }
}
