package dev.wayside.frame;

import java.time.Duration;

/**
 * Frames come first: whoever works off a backlog waits until no frame is being analysed, but never for long, so that
 * nothing starves where frames leave no gap. Thread-safe.
 */
public final class RightOfWay {
    private static final long IN_USE = Duration.ofSeconds(2).toNanos();
    private static final long NANOS_PER_MILLI = 1_000_000;

    private int frames;
    private volatile long lastFrame = System.nanoTime() - IN_USE;

    /** A frame is analysed from now on, until {@link #leave()}. */
    public synchronized void enter() {
        frames++;
        lastFrame = System.nanoTime();
    }

    /** A frame that entered is through. */
    public synchronized void leave() {
        frames--;
        notifyAll();
    }

    /** Whether there was a frame in the last two seconds. */
    public boolean isInUse() {
        return System.nanoTime() - lastFrame < IN_USE;
    }

    /**
     * Waits until no frame is being analysed.
     *
     * @param longest after which it returns in any case
     */
    public synchronized void yield(Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        for (long left = longest.toNanos(); frames > 0 && left > 0; left = end - System.nanoTime()) {
            wait(left / NANOS_PER_MILLI + 1);
        }
    }
}
