package dev.wayside.processors;

import dev.wayside.detect.AnalysedFrame;
import dev.wayside.live.LiveView;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Shows an event and its frame on the live page: the body is the nested event, the variable {@value MakeEvent#ANALYSED}
 * its frame, the variable {@value Grab#CAMERA} the camera. Does next to nothing while nobody watches.
 */
public final class ShowLive implements Processor {
    private final LiveView view;

    /** Shows everything on this view, which the page serves. */
    public ShowLive(LiveView view) {
        this.view = view;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(Exchange exchange) {
        String camera = exchange.getVariable(Grab.CAMERA, String.class);
        view.event(camera, exchange.getMessage().getBody(Map.class));
        AnalysedFrame analysed = exchange.getVariable(MakeEvent.ANALYSED, AnalysedFrame.class);
        // Watched or not: the view keeps the newest frame, so that whoever comes next sees it at once.
        view.publish(camera, analysed.frame(), analysed.detections());
    }
}
