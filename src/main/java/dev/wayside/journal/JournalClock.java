package dev.wayside.journal;

import java.util.function.LongSupplier;

/**
 * How long this journal has been in use, all runs together, in milliseconds. It stands still while Wayside does not run
 * and knows nothing of the wall clock: a jump of that by a year, in either direction, makes no event older.
 */
final class JournalClock {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long before;
    private final LongSupplier nanoTime;
    private final long started;

    /**
     * Continues the clock.
     *
     * @param before what it said last, in milliseconds
     * @param nanoTime {@link System#nanoTime()}, or a test's
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
