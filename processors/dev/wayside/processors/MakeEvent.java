package dev.wayside.processors;

import dev.wayside.detect.AnalysedFrame;
import dev.wayside.event.DetectionEvents;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Makes the event of an analysed frame: {@link AnalysedFrame} in, a nested map of the form {@code wayside.event/1} out.
 * The variable {@value #ANALYSED} keeps the analysed frame for whoever draws it.
 */
public final class MakeEvent implements Processor {
    /** The variable with the {@link AnalysedFrame} that an event was made of; its frame is open until the route is done. */
    public static final String ANALYSED = "analysed";

    private final DetectionEvents events;
    private final String camera;
    private final AtomicLong sequence = new AtomicLong();

    /**
     * One camera's step.
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
        AnalysedFrame analysed = exchange.getMessage().getBody(AnalysedFrame.class);
        exchange.setVariable(ANALYSED, analysed);
        exchange.getMessage().setBody(events.event(camera, sequence.incrementAndGet(), analysed));
    }
}
