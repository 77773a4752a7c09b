package dev.wayside.live;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/**
 * A subscriber of {@code /api/events}. What a slow one cannot take is left out, for each event stands for itself and a
 * newer one follows.
 */
final class EventAnswer extends LongAnswer implements EventSubscriber {
    private static final Buffer HEARTBEAT = Buffer.buffer(": still here\n\n");

    EventAnswer(RoutingContext request) {
        super(request);
    }

    @Override
    public void receive(Buffer message) {
        onLoop(() -> offer(message));
    }

    /** A comment that keeps proxies from closing a quiet connection; from any thread. */
    void heartbeat() {
        onLoop(() -> offer(HEARTBEAT));
    }
}
