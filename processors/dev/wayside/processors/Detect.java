package dev.wayside.processors;

import dev.wayside.detect.AnalysedFrame;
import dev.wayside.detect.Detector;
import dev.wayside.detect.DetectorClosedException;
import dev.wayside.frame.RightOfWay;
import dev.wayside.frame.VideoFrame;
import dev.wayside.metrics.FrameMeter;
import dev.wayside.metrics.FrameMeters;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Detects the objects in a frame: {@link VideoFrame} in, {@link AnalysedFrame} out. */
public final class Detect implements Processor {
    private static final Logger log = LoggerFactory.getLogger(Detect.class);

    private final Detector detector;
    private final FrameMeter meter;
    private final RightOfWay frames;
    private final String camera;

    /**
     * Creates the step of one camera; cameras may share the detector.
     *
     * @param detector finds the objects
     * @param meters count each frame
     * @param frames makes sinks with a backlog wait until the frame's exchange is done
     * @param camera the name of the camera
     */
    public Detect(Detector detector, FrameMeters meters, RightOfWay frames, String camera) {
        this.detector = detector;
        this.meter = meters.of(camera);
        this.frames = frames;
        this.camera = camera;
    }

    @Override
    public void process(Exchange exchange) {
        frames.enter(camera);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                frames.leave();
            }
        });
        try {
            AnalysedFrame analysed = detector.detect(exchange.getMessage().getBody(VideoFrame.class));
            meter.analysed(analysed.inferenceTime());
            exchange.getMessage().setBody(analysed);
        } catch (DetectorClosedException e) {
            // The frame waited for another one while Wayside stopped, which is not a failure.
            log.debug("a frame of camera {} came too late", camera, e);
            exchange.setRouteStop(true);
        }
    }
}
