package dev.wayside.frame;

import java.time.Duration;

/**
 * Gives frames priority over backlogs. A sink that drains a backlog waits while a frame is analysed, but only for a
 * limited time, so that it does not starve if frames leave no gap. Thread-safe.
 */
public final class RightOfWay {
    private static final long IN_USE = Duration.ofSeconds(2).toNanos();
    private static final long NANOS_PER_MILLI = 1_000_000;

    private int frames;
    private volatile long lastFrame = System.nanoTime() - IN_USE;

    /** Marks the start of the analysis of a frame, which lasts until {@link #leave()}. */
    public synchronized void enter() {
        frames++;
        lastFrame = System.nanoTime();
    }

    /** Marks the end of the analysis of a frame. */
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
     * @param longest the maximum time to wait
     */
    public synchronized void yield(Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        for (long left = longest.toNanos(); frames > 0 && left > 0; left = end - System.nanoTime()) {
            wait(left / NANOS_PER_MILLI + 1);
        }
    }
}
