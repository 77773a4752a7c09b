package dev.wayside.bench;

import dev.wayside.camera.Cameras;
import dev.wayside.camera.UnpacedFrames;
import dev.wayside.failure.UnavailableException;
import dev.wayside.frame.VideoFrame;
import dev.wayside.status.StatusBoard;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.AdviceWithRouteBuilder;
import org.apache.camel.support.SynchronizationAdapter;

/** Takes the place of a camera and its timer: sends the sample clip's frames into the real route when it is told to. */
final class CameraDriver implements AutoCloseable {
    private static final String ENTRY = "direct:bench";
    private static final long LONGEST_SECONDS = 30;

    private final UnpacedFrames reader;
    private final ProducerTemplate producer;
    private final LongConsumer decoding;

    /**
     * Stops the cameras and waits for the broker.
     *
     * @param context of the running application
     * @param route the camera route to drive
     * @param home the folder Wayside is installed in
     * @param decoding is told the nanoseconds that decoding a frame took
     */
    CameraDriver(CamelContext context, String route, Path home, LongConsumer decoding) throws Exception {
        this.decoding = decoding;
        context.getRegistry().findSingleByType(Cameras.class).close();
        awaitBroker(context.getRegistry().findSingleByType(StatusBoard.class));
        reader = new UnpacedFrames(home);
        AdviceWith.adviceWith(context, route, this::replaceTimerAndCamera);
        producer = context.createProducerTemplate();
    }

    /**
     * Sends one frame.
     *
     * @return the exchange when its route is through, with the event as its body
     * @throws Exception if the route failed
     */
    Exchange send() throws Exception {
        Exchange exchange = producer.send(ENTRY, prepared -> {});
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange;
    }

    @Override
    public void close() {
        producer.stop();
        reader.close();
    }

    private void replaceTimerAndCamera(AdviceWithRouteBuilder advice) throws Exception {
        advice.replaceFromWith(ENTRY);
        advice.weaveById("grab").replace().process(exchange -> {
            long start = System.nanoTime();
            VideoFrame frame = reader.next();
            decoding.accept(System.nanoTime() - start);
            exchange.setVariable("camera", exchange.getFromRouteId().replaceFirst("^camera-", ""));
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange done) {
                    frame.close();
                }
            });
            exchange.getMessage().setBody(frame);
        });
    }

    private static void awaitBroker(StatusBoard status) throws InterruptedException {
        long latest = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (!(status.snapshot().get("mqtt") instanceof Map<?, ?> mqtt && "connected".equals(mqtt.get("state")))) {
            if (System.nanoTime() > latest) {
                throw new UnavailableException("there is no connection to the MQTT broker: " + status.snapshot());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
