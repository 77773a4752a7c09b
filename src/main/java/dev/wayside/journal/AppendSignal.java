package dev.wayside.journal;

import java.time.Duration;

/** Wakes the sinks when something was appended. Thread-safe. */
public final class AppendSignal {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private long count;

    /** How many signals there were; to be asked before one looks into the journal. */
    public synchronized long count() {
        return count;
    }

    /** Wakes all who wait. */
    public synchronized void signal() {
        count++;
        notifyAll();
    }

    /**
     * Waits for a signal after those already known.
     *
     * @param known what {@link #count} said
     * @param longest how long to wait for it
     */
    public synchronized void await(long known, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        for (long left = longest.toNanos(); count == known && left > 0; left = end - System.nanoTime()) {
            wait(left / NANOS_PER_MILLI + 1);
        }
    }
}
