package dev.wayside.bench;

import dev.wayside.camera.Cameras;
import dev.wayside.camera.UnpacedFrames;
import dev.wayside.failure.UnavailableException;
import dev.wayside.frame.VideoFrame;
import dev.wayside.status.StatusBoard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.support.service.ServiceHelper;

/** Replaces a camera and its timer: each call sends one frame of the sample clip into the real route. */
final class CameraDriver implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 30;

    private final UnpacedFrames reader;
    private final Consumer timer;
    private final LongConsumer decoding;
    private final String camera;

    /**
     * Stops the cameras and their timer, and waits for the broker.
     *
     * @param context of the running application
     * @param route the camera route to drive
     * @param home the folder Wayside is installed in
     * @param stages replaces the step that grabs frames, and records the decoding time
     */
    CameraDriver(CamelContext context, String route, Path home, FrameStages stages) throws Exception {
        this.decoding = stages::decoded;
        this.camera = route.replaceFirst("^camera-", "");
        context.getRegistry().findSingleByType(Cameras.class).close();
        timer = context.getRoute(route).getConsumer();
        ServiceHelper.suspendService(timer);
        awaitBroker(context.getRegistry().findSingleByType(StatusBoard.class));
        reader = new UnpacedFrames(home);
        stages.steps().replaceGrab(this::grab);
    }

    /**
     * Sends one frame.
     *
     * @return the completed exchange, with the event as its body
     * @throws Exception if the route failed
     */
    Exchange send() throws Exception {
        Exchange exchange = timer.createExchange(false);
        timer.getProcessor().process(exchange);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange;
    }

    @Override
    public void close() {
        reader.close();
    }

    private void grab(Exchange exchange) throws IOException {
        long start = System.nanoTime();
        VideoFrame frame = reader.next();
        decoding.accept(System.nanoTime() - start);
        exchange.setVariable("camera", camera);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                frame.close();
            }
        });
        exchange.getMessage().setBody(frame);
    }

    private static void awaitBroker(StatusBoard status) throws InterruptedException {
        long latest = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!(status.snapshot().get("mqtt") instanceof Map<?, ?> mqtt && "connected".equals(mqtt.get("state")))) {
            if (System.nanoTime() > latest) {
                throw new UnavailableException("there is no connection to the MQTT broker: " + status.snapshot());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
