package dev.wayside.live;

import ai.djl.modality.cv.output.DetectedObjects;
import dev.wayside.frame.VideoFrame;
import dev.wayside.status.Repetition;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One camera's newest frame and its viewers. A reference to the frame is kept (no pixels are copied), so that a new
 * viewer sees a picture at once even if nothing was encoded before.
 */
final class CameraView {
    private static final Logger log = LoggerFactory.getLogger(CameraView.class);

    private final Repetition repetition = new Repetition(System::nanoTime, Duration.ofMinutes(10));
    private final String camera;
    private final Annotator annotator;
    private final Set<PictureViewer> viewers = ConcurrentHashMap.newKeySet();
    private final Queue<CompletableFuture<LivePicture>> snapshots = new ConcurrentLinkedQueue<>();
    private VideoFrame frame;
    private DetectedObjects detections;
    private LivePicture picture;
    private boolean closed;
    private boolean failureLogged;
    private volatile String fault;
    private volatile long pictures;

    CameraView(String camera, Annotator annotator) {
        this.camera = camera;
        this.annotator = annotator;
    }

    boolean watched() {
        return !viewers.isEmpty() || !snapshots.isEmpty();
    }

    int viewers() {
        return viewers.size();
    }

    long pictures() {
        return pictures;
    }

    /** Loads what the first picture needs, without delaying the pipeline. Slow: do not call it on an event loop. */
    void prepare() {
        try {
            Annotator.load();
        } catch (RuntimeException | LinkageError e) {
            failed(e);
        }
    }

    synchronized void publish(VideoFrame newest, DetectedObjects found) {
        if (closed) {
            return;
        }
        VideoFrame previous = frame;
        frame = newest.retain();
        detections = found;
        picture = null;
        if (previous != null) {
            previous.close();
        }
        if (watched() && encode()) {
            viewers.forEach(viewer -> viewer.show(picture));
            for (CompletableFuture<LivePicture> waiting; (waiting = snapshots.poll()) != null; ) {
                waiting.complete(picture);
            }
        }
    }

    /** Adds a viewer and shows it the newest frame, if there is one. May encode: do not call it on an event loop. */
    synchronized void add(PictureViewer viewer) {
        if (closed) {
            viewer.end();
            return;
        }
        viewers.add(viewer);
        if (picture != null || frame != null && encode()) {
            viewer.show(picture);
        }
    }

    void remove(PictureViewer viewer) {
        viewers.remove(viewer);
    }

    /** The next analysed frame; the caller cancels the future when it stops waiting. */
    synchronized CompletableFuture<LivePicture> next() {
        CompletableFuture<LivePicture> waiting = new CompletableFuture<>();
        if (closed) {
            waiting.cancel(false);
            return waiting;
        }
        snapshots.add(waiting);
        waiting.whenComplete((done, error) -> snapshots.remove(waiting));
        return waiting;
    }

    synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        viewers.forEach(PictureViewer::end);
        viewers.clear();
        for (CompletableFuture<LivePicture> waiting; (waiting = snapshots.poll()) != null; ) {
            waiting.cancel(false);
        }
        if (frame != null) {
            frame.close();
        }
        annotator.close();
    }

    /**
     * If a picture cannot be drawn, its viewers miss it, but the event is unaffected. This is logged once in ten
     * minutes, not per frame.
     */
    private boolean encode() {
        try {
            picture = LivePicture.of(annotator.jpeg(frame, detections));
            pictures = pictures + 1;
            if (fault != null && failureLogged) {
                log.info("The live picture of camera {} is back.", camera);
            }
            failureLogged = false;
            fault = null;
            return true;
        } catch (RuntimeException | LinkageError e) {
            failed(e);
            return false;
        }
    }

    private synchronized void failed(Throwable e) {
        fault = String.valueOf(e.getMessage());
        repetition.add(fault, () -> logFailure(e), times -> logFailure(e));
    }

    private void logFailure(Throwable e) {
        failureLogged = true;
        log.error("The live picture of camera {} cannot be drawn: {}", camera, fault, e);
    }
}
