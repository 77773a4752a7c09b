package dev.wayside.processors;

import dev.wayside.detect.AnalysedFrame;
import dev.wayside.event.DetectionEvents;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Creates the event for an analysed frame: {@link AnalysedFrame} in, a nested map in the format {@code wayside.event/1}
 * out. The variable {@value #ANALYSED} keeps the analysed frame for the step that draws it.
 */
public final class MakeEvent implements Processor {
    /** The variable with the {@link AnalysedFrame} of the event; its frame stays open until the route is done. */
    public static final String ANALYSED = "analysed";

    private final DetectionEvents events;
    private final String camera;
    private final AtomicLong sequence = new AtomicLong();

    /**
     * Creates the step of one camera.
     *
     * @param events creates the maps
     * @param camera the name of the camera; its events are numbered from 1
     */
    public MakeEvent(DetectionEvents events, String camera) {
        this.events = events;
        this.camera = camera;
    }

    @Override
    public void process(Exchange exchange) {
        AnalysedFrame analysed = exchange.getMessage().getBody(AnalysedFrame.class);
        exchange.setVariable(ANALYSED, analysed);
        exchange.getMessage().setBody(events.event(camera, sequence.incrementAndGet(), analysed));
    }
}
