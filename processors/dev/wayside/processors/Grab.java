package dev.wayside.processors;

import dev.wayside.camera.Camera;
import dev.wayside.camera.Cameras;
import dev.wayside.frame.VideoFrame;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Takes a camera's newest frame. The body becomes the {@link VideoFrame}, or null if there is none since the last call.
 * The variable {@value #CAMERA} becomes the camera's name. The frame is closed when the exchange is done.
 */
public final class Grab implements Processor {
    /** The variable with the camera's name. */
    public static final String CAMERA = "camera";

    private final Camera camera;

    /**
     * Creates the step of one camera.
     *
     * @param cameras all cameras
     * @param camera the name of the camera to take frames from
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
