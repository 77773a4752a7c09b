package dev.wayside.status;

import java.util.concurrent.TimeUnit;

/** Measures the rate of an event over the last few seconds. Not thread-safe. */
public final class RateMeter {
    private static final int KEPT = 64;
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** Without an event for this long, and for three times the mean interval, the rate is 0. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final long[] times = new long[KEPT];
    private long count;

    /** Forgets all events. */
    public void reset() {
        count = 0;
    }

    /**
     * Counts an event.
     *
     * @param nanos when it happened, by {@link System#nanoTime()}; never before the previous one
     */
    public void count(long nanos) {
        times[(int) (count++ % KEPT)] = nanos;
    }

    /**
     * Events per second; 0 before the second event, and when there have been none for a while.
     *
     * @param now by the clock of {@link #count}
     */
    public double perSecond(long now) {
        int intervals = 0;
        long first = 0;
        for (long i = count - 1; i >= Math.max(0, count - KEPT); i--) {
            first = times[(int) (i % KEPT)];
            intervals++;
            // Uses at least one interval, however old it is.
            if (intervals > 1 && now - first > WINDOW_NANOS) {
                break;
            }
        }
        if (intervals < 2) {
            return 0;
        }
        long newest = times[(int) ((count - 1) % KEPT)];
        long mean = (newest - first) / (intervals - 1);
        if (now - newest > Math.max(QUIET_NANOS, 3 * mean)) {
            return 0;
        }
        // A falling rate is visible before the next event.
        long span = newest - first + Math.max(0, now - newest - mean);
        return span > 0 ? (intervals - 1) * 1e9 / span : 0;
    }
}
