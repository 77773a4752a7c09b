package dev.wayside.processors;

import ai.djl.modality.cv.output.DetectedObjects;
import dev.wayside.frame.VideoFrame;
import dev.wayside.live.LiveView;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Shows an event and its frame on the live page; does next to nothing while nobody watches. */
public final class ShowLive implements Processor {
    private final LiveView view;

    /** Makes the step. */
    public ShowLive(LiveView view) {
        this.view = view;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(Exchange exchange) {
        String camera = exchange.getVariable("camera", String.class);
        view.event(camera, exchange.getMessage().getBody(Map.class));
        // Watched or not: the view keeps the newest frame, so that whoever comes next sees it at once.
        view.publish(
                camera,
                exchange.getVariable("frame", VideoFrame.class),
                exchange.getVariable("detections", DetectedObjects.class));
    }
}
