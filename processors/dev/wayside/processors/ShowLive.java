package dev.wayside.processors;

import dev.wayside.detect.AnalysedFrame;
import dev.wayside.live.LiveView;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Shows an event and its frame on the live page: the body is the nested event, the variable {@value MakeEvent#ANALYSED}
 * its frame, the variable {@value Grab#CAMERA} the camera. Costs almost nothing while there are no viewers.
 */
public final class ShowLive implements Processor {
    private final LiveView view;

    /** @param view the view that the live page serves */
    public ShowLive(LiveView view) {
        this.view = view;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(Exchange exchange) {
        String camera = exchange.getVariable(Grab.CAMERA, String.class);
        view.event(camera, exchange.getMessage().getBody(Map.class));
        AnalysedFrame analysed = exchange.getVariable(MakeEvent.ANALYSED, AnalysedFrame.class);
        // Also without viewers: the view keeps the newest frame, so that the next viewer sees it at once.
        view.publish(camera, analysed.frame(), analysed.detections());
    }
}
