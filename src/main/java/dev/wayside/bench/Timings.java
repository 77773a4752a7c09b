package dev.wayside.bench;

import java.util.Arrays;

/** Durations of one kind, and their percentiles. Thread-safe. */
final class Timings {
    private long[] nanos = new long[1024];
    private int count;

    synchronized void add(long nanoseconds) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = nanoseconds;
    }

    synchronized void clear() {
        count = 0;
    }

    /**
     * A percentile by the nearest-rank method, in milliseconds.
     *
     * @param percent 1 to 100
     */
    synchronized double percentile(int percent) {
        if (count == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100.0 * count);
        return sorted[Math.max(0, rank - 1)] / 1e6;
    }
}
