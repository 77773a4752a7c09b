package dev.wayside.live;

import io.netty.channel.ChannelOption;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer that lasts for as long as somebody watches. All its work is done on its connection's event loop.
 *
 * <p>A network that no longer takes anything (a telephone that left the Wi-Fi) closes no connection: such an answer is
 * stalled, and is dropped after a while.
 */
abstract class LongAnswer {
    private static final Logger log = LoggerFactory.getLogger(LongAnswer.class);

    /** Bounds how far a slow viewer lags: the kernel would otherwise buffer some seconds of pictures. */
    private static final int SEND_BUFFER_BYTES = 128 * 1024;

    private final RoutingContext request;
    private final Context loop;
    private final AtomicBoolean gone = new AtomicBoolean();
    private long fullSince;
    private Runnable left = () -> {};

    LongAnswer(RoutingContext request) {
        this.request = request;
        this.loop = request.vertx().getOrCreateContext();
        if (request.request().connection() instanceof ConnectionBase connection) {
            connection.channel().config().setOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES);
        }
        request.response().drainHandler(drained -> {
            fullSince = 0;
            ready();
        });
    }

    /** Starts the answer; {@code left} is called once, when the client is gone or the answer has ended. */
    void open(String contentType, String opening, Runnable left) {
        this.left = left;
        HttpServerResponse response = Security.headers(request.response());
        response.exceptionHandler(error -> response.reset());
        response.endHandler(ended -> leave());
        response.closeHandler(closed -> leave());
        response.setChunked(true)
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

    /** Whether the client left or the answer ended. */
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
            // The server ended before it said so to this answer: nobody is there any more.
            log.debug("an answer outlived its server", e);
            leave();
        }
    }

    /** Writes unless the client is still busy with what it got before. On the event loop only. */
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

    /** Closes the connection of a client that has taken nothing for so long. On the event loop only. */
    final void dropIfStalled(Duration limit) {
        if (fullSince != 0 && System.nanoTime() - fullSince > limit.toNanos()) {
            cut();
        }
    }

    /** Vert.x's own close waits for what is still to be written, which a stalled client never takes: this goes past it. */
    private void cut() {
        if (request.request().connection() instanceof ConnectionBase connection) {
            connection.channelHandlerContext().close();
        } else {
            request.response().reset();
        }
    }

    /** Ends the answer; from any thread. */
    public final void end() {
        onLoop(() -> request.response().end());
    }
}
