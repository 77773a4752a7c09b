package dev.wayside.camera;

import java.util.concurrent.TimeUnit;

/** Measures the rate of an event over the last few seconds. Not thread-safe. */
final class RateMeter {
    private static final int KEPT = 64;
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final long[] times = new long[KEPT];
    private long count;

    void reset() {
        count = 0;
    }

    void count(long nanos) {
        times[(int) (count++ % KEPT)] = nanos;
    }

    /** Events per second; 0 before the second event. */
    double perSecond(long now) {
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
        // A falling rate is visible before the next event.
        long span = newest - first + Math.max(0, now - newest - mean);
        return span > 0 ? (intervals - 1) * 1e9 / span : 0;
    }
}
