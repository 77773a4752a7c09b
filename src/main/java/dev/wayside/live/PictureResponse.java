package dev.wayside.live;

import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The response to a viewer of {@code /stream.mjpg}. It queues only the newest picture: a slow viewer sees fewer
 * pictures, not old ones.
 */
final class PictureResponse extends StreamingResponse implements PictureViewer {
    private final AtomicReference<LivePicture> newest = new AtomicReference<>();

    PictureResponse(RoutingContext request) {
        super(request);
    }

    @Override
    public void show(LivePicture picture) {
        if (newest.getAndSet(picture) == null) {
            onLoop(this::ready);
        }
    }

    @Override
    void ready() {
        LivePicture picture = newest.get();
        if (picture != null && offer(picture.part())) {
            newest.compareAndSet(picture, null);
            if (newest.get() != null) {
                ready();
            }
        }
    }
}
