package dev.wayside.processors;

import ai.djl.modality.cv.output.DetectedObjects;
import dev.wayside.event.DetectionEvents;
import dev.wayside.frame.VideoFrame;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Makes the event of an analysed frame: {@code DetectedObjects} in, a nested map of the form {@code wayside.event/1}
 * out. The variable {@code detections} keeps the objects for whoever draws them.
 */
public final class MakeEvent implements Processor {
    private final DetectionEvents events;
    private final String camera;
    private final AtomicLong sequence = new AtomicLong();

    /**
     * Makes the step.
     *
     * @param events makes the maps
     * @param camera whose events these are; they are numbered from 1
     */
    public MakeEvent(DetectionEvents events, String camera) {
        this.events = events;
        this.camera = camera;
    }

    @Override
    public void process(Exchange exchange) {
        DetectedObjects detections = exchange.getMessage().getBody(DetectedObjects.class);
        VideoFrame frame = exchange.getVariable("frame", VideoFrame.class);
        DetectionEvents.Analysis analysis = new DetectionEvents.Analysis(
                camera,
                frame.time(),
                sequence.incrementAndGet(),
                frame.width(),
                frame.height(),
                exchange.getVariable("inferenceMillis", Double.class));
        exchange.setVariable("detections", detections);
        exchange.getMessage().setBody(events.event(analysis, detections));
    }
}
