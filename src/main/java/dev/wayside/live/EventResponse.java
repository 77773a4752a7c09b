package dev.wayside.live;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/**
 * The response to a subscriber of {@code /api/events}. Events that a slow subscriber cannot take are skipped, because
 * each event is complete in itself and a newer one follows.
 */
final class EventResponse extends StreamingResponse implements EventSubscriber {
    private static final Buffer HEARTBEAT = Buffer.buffer(": still here\n\n");

    EventResponse(RoutingContext request) {
        super(request);
    }

    @Override
    public void receive(Buffer message) {
        onLoop(() -> offer(message));
    }

    /** Sends a comment, which keeps proxies from closing an idle connection. Safe to call from any thread. */
    void heartbeat() {
        onLoop(() -> offer(HEARTBEAT));
    }
}
