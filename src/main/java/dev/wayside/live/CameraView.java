package dev.wayside.live;

import ai.djl.modality.cv.output.DetectedObjects;
import dev.wayside.frame.VideoFrame;
import dev.wayside.status.Repetition;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
    private final Map<Overlay, Rendition> renditions = new EnumMap<>(Overlay.class);
    private VideoFrame frame;
    private DetectedObjects detections;
    private boolean closed;
    private boolean failureLogged;
    private volatile String fault;
    private volatile long pictures;

    CameraView(String camera, Annotator annotator) {
        this.camera = camera;
        this.annotator = annotator;
        for (Overlay overlay : Overlay.values()) {
            renditions.put(overlay, new Rendition());
        }
    }

    boolean watched() {
        return renditions.values().stream().anyMatch(Rendition::watched);
    }

    int viewers() {
        return renditions.values().stream().mapToInt(Rendition::viewers).sum();
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
        if (previous != null) {
            previous.close();
        }
        renditions.forEach((overlay, rendition) -> {
            rendition.forget();
            if (rendition.watched() && encode(overlay, rendition)) {
                rendition.show();
            }
        });
    }

    /** Adds a viewer and shows it the newest frame, if there is one. May encode: do not call it on an event loop. */
    synchronized void add(Overlay overlay, PictureViewer viewer) {
        if (closed) {
            viewer.end();
            return;
        }
        Rendition rendition = renditions.get(overlay);
        rendition.add(viewer);
        if (rendition.picture() != null || frame != null && encode(overlay, rendition)) {
            viewer.show(rendition.picture());
        }
    }

    void remove(PictureViewer viewer) {
        renditions.values().forEach(rendition -> rendition.remove(viewer));
    }

    /** The next analysed frame; the caller cancels the future when it stops waiting. */
    synchronized CompletableFuture<LivePicture> next(Overlay overlay) {
        if (closed) {
            CompletableFuture<LivePicture> none = new CompletableFuture<>();
            none.cancel(false);
            return none;
        }
        return renditions.get(overlay).next();
    }

    synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        renditions.values().forEach(Rendition::close);
        if (frame != null) {
            frame.close();
        }
        annotator.close();
    }

    /**
     * If a picture cannot be drawn, its viewers miss it, but the event is unaffected. This is logged once in ten
     * minutes, not per frame.
     */
    private boolean encode(Overlay overlay, Rendition rendition) {
        try {
            rendition.encoded(LivePicture.of(annotator.jpeg(frame, detections, overlay)));
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
