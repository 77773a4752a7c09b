package dev.wayside.journal;

import java.time.Duration;

/** Wakes the sinks when something was appended. Thread-safe. */
public final class AppendSignal {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private long count;

    /** The number of signals so far. Read it before looking into the journal, so that no append is missed. */
    public synchronized long count() {
        return count;
    }

    /** Wakes all waiting threads. */
    synchronized void signal() {
        count++;
        notifyAll();
    }

    /**
     * Waits for the next signal; returns at once if one has come since {@code known}.
     *
     * @param known the value that {@link #count} returned
     * @param longest the maximum wait
     */
    public synchronized void await(long known, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        for (long left = longest.toNanos(); count == known && left > 0; left = end - System.nanoTime()) {
            wait(left / NANOS_PER_MILLI + 1);
        }
    }
}
