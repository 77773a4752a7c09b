package dev.wayside.live;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** All who watch over HTTP: lets them in up to the limits, keeps them awake, and lets them go. */
final class Audience implements AutoCloseable {
    private static final int RETRY_SECONDS = 2;

    private final LiveView live;
    private final LiveLimits limits;
    private final Vertx vertx;
    private final Set<StreamAnswer> streams = ConcurrentHashMap.newKeySet();
    private final Set<EventAnswer> followers = ConcurrentHashMap.newKeySet();
    private final Set<CompletableFuture<LivePicture>> snapshots = ConcurrentHashMap.newKeySet();
    private final long heartbeat;
    private final long stallCheck;
    private volatile boolean closed;

    Audience(LiveView live, LiveLimits limits, Vertx vertx) {
        this.live = live;
        this.limits = limits;
        this.vertx = vertx;
        this.heartbeat =
                vertx.setPeriodic(limits.heartbeat().toMillis(), tick -> followers.forEach(EventAnswer::heartbeat));
        this.stallCheck = vertx.setPeriodic(Math.max(100, limits.stall().toMillis() / 4), tick -> dropStalled());
    }

    void stream(RoutingContext request, String camera) {
        if (refused(request, streams.size(), limits.streams(), "live pictures")) {
            return;
        }
        StreamAnswer answer = new StreamAnswer(request);
        streams.add(answer);
        answer.open(LivePicture.CONTENT_TYPE, LivePicture.OPENING, () -> {
            streams.remove(answer);
            live.leave(camera, answer);
        });
        // The first picture may have to be encoded, which the event loop must not wait for.
        vertx.executeBlocking(
                () -> {
                    live.watch(camera, answer);
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
        EventAnswer answer = new EventAnswer(request);
        followers.add(answer);
        answer.open("text/event-stream", "retry: " + RETRY_SECONDS * 1000 + "\n\n", () -> {
            followers.remove(answer);
            live.unsubscribe(answer);
        });
        live.subscribe(answer);
    }

    void snapshot(RoutingContext request, String camera) {
        if (refused(request, snapshots.size(), limits.streams(), "waiting snapshots")) {
            return;
        }
        // Asked for first and counted at once; OpenCV is loaded meanwhile, and only the first time.
        CompletableFuture<LivePicture> asked = new CompletableFuture<>();
        snapshots.add(asked);
        request.response().closeHandler(left -> asked.cancel(false));
        Context loop = vertx.getOrCreateContext();
        asked.whenComplete((taken, error) -> {
            snapshots.remove(asked);
            loop.runOnContext(ignored -> answer(request, camera, taken));
        });
        vertx.executeBlocking(
                        () -> {
                            live.prepare(camera);
                            take(camera, asked);
                            return camera;
                        },
                        false)
                .onFailure(asked::completeExceptionally);
    }

    private void take(String camera, CompletableFuture<LivePicture> asked) {
        CompletableFuture<LivePicture> next = live.snapshot(camera);
        next.whenComplete((taken, error) -> {
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
            Security.headers(request.response())
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
                        : "Camera " + camera + " gave no frame within " + wait.toMillis() / 1000.0
                                + " s; /api/status says how it is.");
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
        Refusal.send(request, 503, sentence);
    }

    private void dropStalled() {
        streams.forEach(answer -> answer.onLoop(() -> answer.dropIfStalled(limits.stall())));
        followers.forEach(answer -> answer.onLoop(() -> answer.dropIfStalled(limits.stall())));
    }

    /** Ends every answer at once, and takes no new ones. */
    @Override
    public void close() {
        closed = true;
        vertx.cancelTimer(heartbeat);
        vertx.cancelTimer(stallCheck);
        streams.forEach(StreamAnswer::end);
        followers.forEach(EventAnswer::end);
        snapshots.forEach(picture -> picture.cancel(false));
    }
}
