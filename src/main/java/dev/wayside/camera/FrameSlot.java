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
        notifyAll();
    }

    /** Takes the frame, if there is one; the caller must close it. */
    synchronized Optional<VideoFrame> take() {
        VideoFrame frame = newest;
        newest = null;
        return Optional.ofNullable(frame);
    }

    /** Waits until there is a frame. */
    synchronized boolean await(long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; newest == null && !closed && left > 0; left = end - System.nanoTime()) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        return newest != null;
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
        notifyAll();
    }
}
