package dev.wayside.live;

import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The response to a viewer of {@code /stream.mjpg}. It queues only the newest picture: a slow viewer sees fewer
 * pictures, not old ones.
 */
final class PictureResponse extends StreamingResponse implements PictureViewer {
    private final AtomicReference<LivePicture> newest = new AtomicReference<>();
    private LivePicture last;
    private boolean quiet;

    PictureResponse(RoutingContext request) {
        super(request);
    }

    @Override
    public void show(LivePicture picture) {
        if (newest.getAndSet(picture) == null) {
            onLoop(this::ready);
        }
    }

    /**
     * Repeats the last picture if none followed since the last heartbeat, because proxies, and this server too, close idle
     * connections. Safe to call from any thread.
     */
    void heartbeat() {
        onLoop(() -> {
            if (quiet && last != null) {
                show(last);
            }
            quiet = true;
        });
    }

    @Override
    void ready() {
        LivePicture picture = newest.get();
        if (picture != null && offer(picture.part())) {
            last = picture;
            quiet = false;
            newest.compareAndSet(picture, null);
            if (newest.get() != null) {
                ready();
            }
        }
    }
}
