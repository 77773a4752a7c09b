package dev.wayside.live;

import dev.wayside.web.ErrorResponse;
import dev.wayside.web.SecurityHeaders;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The HTTP clients of the live page: admits them up to the limits, sends heartbeats, and drops stalled ones. */
final class Audience implements AutoCloseable {
    private static final int RETRY_SECONDS = 2;

    private final LiveView live;
    private final LiveLimits limits;
    private final Vertx vertx;
    private final Set<PictureResponse> streams = ConcurrentHashMap.newKeySet();
    private final Set<EventResponse> followers = ConcurrentHashMap.newKeySet();
    private final Set<CompletableFuture<LivePicture>> snapshots = ConcurrentHashMap.newKeySet();
    private final long heartbeat;
    private final long stallCheck;
    private volatile boolean closed;

    Audience(LiveView live, LiveLimits limits, Vertx vertx) {
        this.live = live;
        this.limits = limits;
        this.vertx = vertx;
        this.heartbeat = vertx.setPeriodic(limits.heartbeat().toMillis(), tick -> {
            followers.forEach(EventResponse::heartbeat);
            streams.forEach(PictureResponse::heartbeat);
        });
        this.stallCheck = vertx.setPeriodic(Math.max(100, limits.stall().toMillis() / 4), tick -> dropStalled());
    }

    void stream(RoutingContext request, String camera, Overlay overlay) {
        if (refused(request, streams.size(), limits.streams(), "picture streams")) {
            return;
        }
        PictureResponse answer = new PictureResponse(request);
        streams.add(answer);
        answer.open(LivePicture.CONTENT_TYPE, LivePicture.OPENING, () -> {
            streams.remove(answer);
            live.leave(camera, answer);
        });
        // Watching may encode a picture, which must not block the event loop.
        vertx.executeBlocking(
                () -> {
                    live.watch(camera, overlay, answer);
                    if (answer.gone()) {
                        live.leave(camera, answer);
                    }
                    return camera;
                },
                false);
    }

    void events(RoutingContext request) {
        if (refused(request, followers.size(), limits.followers(), "event streams")) {
            return;
        }
        EventResponse answer = new EventResponse(request);
        followers.add(answer);
        answer.open("text/event-stream", "retry: " + RETRY_SECONDS * 1000 + "\n\n", () -> {
            followers.remove(answer);
            live.unsubscribe(answer);
        });
        live.subscribe(answer);
    }

    void snapshot(RoutingContext request, String camera, Overlay overlay) {
        if (refused(request, snapshots.size(), limits.streams(), "snapshot requests")) {
            return;
        }
        // Registered before the work starts, so that it counts towards the limit while OpenCV is loaded the first time.
        CompletableFuture<LivePicture> asked = new CompletableFuture<>();
        snapshots.add(asked);
        request.addEndHandler(ended -> asked.cancel(false));
        Context loop = vertx.getOrCreateContext();
        asked.whenComplete((taken, error) -> {
            snapshots.remove(asked);
            loop.runOnContext(ignored -> answer(request, camera, taken));
        });
        vertx.executeBlocking(
                        () -> {
                            live.prepare(camera);
                            take(camera, overlay, asked);
                            return camera;
                        },
                        false)
                .onFailure(asked::completeExceptionally);
    }

    private void take(String camera, Overlay overlay, CompletableFuture<LivePicture> asked) {
        CompletableFuture<LivePicture> next = live.snapshot(camera, overlay);
        next.whenComplete((taken, error) -> {
            if (asked.isDone()) {
                // Given up. To complete it again would send the answer while the camera still counts as watched.
                return;
            }
            if (taken == null) {
                asked.cancel(false);
            } else {
                asked.complete(taken);
            }
        });
        asked.orTimeout(limits.snapshotWait().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((taken, error) -> next.cancel(false));
    }

    private void answer(RoutingContext request, String camera, LivePicture taken) {
        if (taken != null && !request.response().closed()) {
            SecurityHeaders.set(request.response(), LivePage.POLICY)
                    .putHeader("Content-Type", "image/jpeg")
                    .putHeader("Cache-Control", "no-store")
                    .end(taken.jpeg());
            return;
        }
        Duration wait = limits.snapshotWait();
        busy(
                request,
                closed
                        ? "Wayside is stopping."
                        : "Camera " + camera + " delivered no frame within " + wait.toMillis() / 1000.0
                                + " s; /api/status shows its state.");
    }

    private boolean refused(RoutingContext request, int present, int most, String what) {
        if (closed) {
            busy(request, "Wayside is stopping.");
        } else if (present >= most) {
            busy(request, "All " + most + " " + what + " are in use; close another viewer and try again.");
        }
        return closed || present >= most;
    }

    private static void busy(RoutingContext request, String sentence) {
        request.response().putHeader("Retry-After", String.valueOf(RETRY_SECONDS));
        ErrorResponse.send(request, 503, sentence);
    }

    private void dropStalled() {
        streams.forEach(answer -> answer.onLoop(() -> answer.dropIfStalled(limits.stall())));
        followers.forEach(answer -> answer.onLoop(() -> answer.dropIfStalled(limits.stall())));
    }

    /** Ends all responses at once, and accepts no new ones. */
    @Override
    public void close() {
        closed = true;
        vertx.cancelTimer(heartbeat);
        vertx.cancelTimer(stallCheck);
        streams.forEach(PictureResponse::end);
        followers.forEach(EventResponse::end);
        snapshots.forEach(picture -> picture.cancel(false));
    }
}
