package dev.wayside.camera;

import dev.wayside.frame.VideoFrame;
import java.util.Optional;

/** Holds only the newest frame: a frame that was not taken is replaced by the next. */
final class FrameSlot implements AutoCloseable {
    private VideoFrame newest;
    private boolean closed;

    /** Takes ownership of a frame. */
    synchronized void put(VideoFrame frame) {
        if (closed) {
            frame.close();
            return;
        }
        clear();
        newest = frame;
    }

    /** Takes the frame, if there is one; the caller must close it. */
    synchronized Optional<VideoFrame> take() {
        VideoFrame frame = newest;
        newest = null;
        return Optional.ofNullable(frame);
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
