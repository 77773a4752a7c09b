package dev.wayside.processors;

import dev.wayside.detect.AnalysedFrame;
import dev.wayside.detect.Detector;
import dev.wayside.frame.VideoFrame;
import dev.wayside.status.Pace;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Finds objects in a frame: {@link VideoFrame} in, {@link AnalysedFrame} out. */
public final class Detect implements Processor {
    private final Detector detector;
    private final Pace pace;
    private final String camera;

    /**
     * One camera's step; the detector may be shared.
     *
     * @param detector finds the objects
     * @param pace is told of each frame
     * @param camera whose frames these are
     */
    public Detect(Detector detector, Pace pace, String camera) {
        this.detector = detector;
        this.pace = pace;
        this.camera = camera;
    }

    @Override
    public void process(Exchange exchange) {
        AnalysedFrame analysed = detector.detect(exchange.getMessage().getBody(VideoFrame.class));
        pace.mark(camera, analysed.inferenceMillis());
        exchange.getMessage().setBody(analysed);
    }
}
