package dev.wayside.live;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A camera's pictures with one {@link Overlay}, and those who wait for them. All of them get the same encoded picture. */
final class Rendition {
    private final Set<PictureViewer> viewers = ConcurrentHashMap.newKeySet();
    private final Queue<CompletableFuture<LivePicture>> snapshots = new ConcurrentLinkedQueue<>();
    private LivePicture picture;

    boolean watched() {
        return !viewers.isEmpty() || !snapshots.isEmpty();
    }

    int viewers() {
        return viewers.size();
    }

    /** The encoded picture of the newest frame; null if it has not been encoded. */
    LivePicture picture() {
        return picture;
    }

    /** A newer frame has come. */
    void forget() {
        picture = null;
    }

    void encoded(LivePicture newest) {
        picture = newest;
    }

    void add(PictureViewer viewer) {
        viewers.add(viewer);
    }

    void remove(PictureViewer viewer) {
        viewers.remove(viewer);
    }

    /** Sends the encoded picture to everybody who waits for it. */
    void show() {
        viewers.forEach(viewer -> viewer.show(picture));
        for (CompletableFuture<LivePicture> waiting; (waiting = snapshots.poll()) != null; ) {
            waiting.complete(picture);
        }
    }

    /** The next picture; the caller cancels the future when it stops waiting. */
    CompletableFuture<LivePicture> next() {
        CompletableFuture<LivePicture> waiting = new CompletableFuture<>();
        snapshots.add(waiting);
        waiting.whenComplete((done, error) -> snapshots.remove(waiting));
        return waiting;
    }

    /** Ends all streams; those who wait for a snapshot get a {@link CancellationException}. */
    void close() {
        viewers.forEach(PictureViewer::end);
        viewers.clear();
        for (CompletableFuture<LivePicture> waiting; (waiting = snapshots.poll()) != null; ) {
            waiting.cancel(false);
        }
    }
}
