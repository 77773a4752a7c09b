package dev.wayside.journal;

import java.util.function.LongSupplier;

/**
 * Counts how long this journal has been in use, over all runs, in milliseconds. It stops while Wayside is not running
 * and ignores the wall clock: if that jumps by a year in either direction, no event becomes older.
 */
final class JournalClock {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long before;
    private final LongSupplier nanoTime;
    private final long started;

    /**
     * Continues the clock.
     *
     * @param before its value at the end of the previous run, in milliseconds
     * @param nanoTime {@link System#nanoTime()}, or a test's clock
     */
    JournalClock(long before, LongSupplier nanoTime) {
        this.before = before;
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
    }

    long millis() {
        return before + (nanoTime.getAsLong() - started) / NANOS_PER_MILLI;
    }
}
