package dev.wayside.processors;

import dev.wayside.camera.Camera;
import dev.wayside.camera.Cameras;
import dev.wayside.frame.VideoFrame;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Takes a camera's newest frame. The body becomes the {@link VideoFrame}, or null when there is no new one since the
 * last; the variable {@value #CAMERA} becomes the camera's name. The frame is closed when the exchange is done.
 */
public final class Grab implements Processor {
    /** The variable with the camera's name. */
    public static final String CAMERA = "camera";

    private final Camera camera;

    /**
     * One camera's step.
     *
     * @param cameras all of them
     * @param camera the name of the one to take from
     */
    public Grab(Cameras cameras, String camera) {
        this.camera = cameras.get(camera);
    }

    @Override
    public void process(Exchange exchange) {
        VideoFrame frame = camera.takeNewest().orElse(null);
        if (frame != null) {
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange done) {
                    frame.close();
                }
            });
        }
        exchange.setVariable(CAMERA, camera.name());
        exchange.getMessage().setBody(frame);
    }
}
