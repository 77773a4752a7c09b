package dev.wayside.camera;

import dev.wayside.frame.VideoFrame;
import java.util.Optional;

/** Holds only the newest frame: a frame that was not taken is replaced by the next. Counts both. Thread-safe. */
final class FrameSlot implements AutoCloseable {
    private VideoFrame newest;
    private boolean closed;
    private long taken;
    private long replaced;

    /** Takes ownership of a frame. */
    synchronized void put(VideoFrame frame) {
        if (closed) {
            frame.close();
            return;
        }
        if (newest != null) {
            replaced++;
        }
        clear();
        newest = frame;
    }

    /** Takes the frame, if there is one; the caller must close it. */
    synchronized Optional<VideoFrame> take() {
        VideoFrame frame = newest;
        newest = null;
        if (frame != null) {
            taken++;
        }
        return Optional.ofNullable(frame);
    }

    /** How many frames were taken. */
    synchronized long taken() {
        return taken;
    }

    /** How many frames a newer one has replaced. */
    synchronized long replaced() {
        return replaced;
    }

    /** Drops the frame. */
    synchronized void clear() {
        if (newest != null) {
            newest.close();
            newest = null;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        clear();
    }
}
