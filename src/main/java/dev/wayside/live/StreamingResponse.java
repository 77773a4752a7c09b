package dev.wayside.live;

import dev.wayside.web.SecurityHeaders;
import io.netty.channel.ChannelOption;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A response that lasts as long as the client watches. All its work runs on the event loop of its connection.
 *
 * <p>A client that disappears without closing its connection, such as a phone that left the Wi-Fi, stalls its response.
 * A stalled response is dropped after a timeout.
 */
abstract class StreamingResponse {
    private static final Logger log = LoggerFactory.getLogger(StreamingResponse.class);

    /** Limits how far a slow viewer lags: otherwise the kernel would buffer several seconds of pictures. */
    private static final int SEND_BUFFER_BYTES = 128 * 1024;

    private final RoutingContext request;
    private final Context loop;
    private final AtomicBoolean gone = new AtomicBoolean();
    private long fullSince;
    private Runnable left = () -> {};

    StreamingResponse(RoutingContext request) {
        this.request = request;
        this.loop = request.vertx().getOrCreateContext();
        if (isAlone() && request.request().connection() instanceof ConnectionBase connection) {
            connection.channel().config().setOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES);
        }
        request.response().drainHandler(drained -> {
            fullSince = 0;
            ready();
        });
    }

    /** Starts the response; {@code left} runs once, when the client has disconnected or the response has ended. */
    void open(String contentType, String opening, Runnable left) {
        this.left = left;
        // The response has only one handler of each kind, and others wait for its end too.
        request.addEndHandler(ended -> leave());
        SecurityHeaders.set(request.response(), LivePage.POLICY)
                .setChunked(true)
                .putHeader("Content-Type", contentType)
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no")
                .write(opening);
    }

    private void leave() {
        if (gone.compareAndSet(false, true)) {
            left.run();
        }
    }

    /** Called on the event loop when the client can take more. */
    void ready() {}

    /** Whether the client has disconnected or the response has ended. */
    final boolean gone() {
        return gone.get();
    }

    final void onLoop(Runnable work) {
        try {
            loop.runOnContext(ignored -> {
                if (!gone.get()) {
                    work.run();
                }
            });
        } catch (RejectedExecutionException e) {
            // The server closed before this response did, so there is no client any more.
            log.debug("a response outlived its server", e);
            leave();
        }
    }

    /** Writes unless the write queue is full. Call it on the event loop only. */
    final boolean offer(Buffer bytes) {
        if (request.response().writeQueueFull()) {
            if (fullSince == 0) {
                fullSince = System.nanoTime();
            }
            return false;
        }
        request.response().write(bytes);
        return true;
    }

    /** Closes the connection of a client that has accepted no data for this long. Call it on the event loop only. */
    final void dropIfStalled(Duration limit) {
        if (fullSince != 0 && System.nanoTime() - fullSince > limit.toNanos()) {
            cut();
        }
    }

    /**
     * Closes the channel directly. Vert.x's own close first waits for pending writes, which a stalled client never
     * accepts.
     */
    private void cut() {
        if (isAlone() && request.request().connection() instanceof ConnectionBase connection) {
            connection.channelHandlerContext().close();
        } else {
            request.response().reset();
        }
    }

    /** Whether the response has a connection of its own: with HTTP/2 other responses share it. */
    private boolean isAlone() {
        return request.request().version() != HttpVersion.HTTP_2;
    }

    /** Ends the response. Safe to call from any thread. */
    public final void end() {
        onLoop(() -> request.response().end());
    }
}
