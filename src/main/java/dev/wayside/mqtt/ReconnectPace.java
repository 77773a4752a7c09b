package dev.wayside.mqtt;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * How long to wait before the next attempt. The waits grow and have full jitter, so that a fleet does not come back all
 * at once; after the first they are never shorter than a second (AWS IoT Core allows one CONNECT a second for each
 * client id). A connection that lived only for a moment counts as an attempt that failed. Not thread-safe.
 */
final class ReconnectPace {
    /** A connection that has lived so long is a good one. */
    static final Duration SETTLED = Duration.ofSeconds(10);

    private static final long FIRST_MILLIS = 500;
    private static final long LEAST_MILLIS = 1000;
    private static final long LONGEST_MILLIS = 15_000;
    private static final long TAKEN_OVER_MILLIS = 30_000;

    private final LongSupplier nanos;
    private final DoubleSupplier chance;
    private long connectedAt;
    private int attempts;
    private int shortLived;
    private boolean takenOver;

    /**
     * Starts with no attempt made.
     *
     * @param nanos a clock such as {@link System#nanoTime}
     * @param chance gives numbers from 0 to 1
     */
    ReconnectPace(LongSupplier nanos, DoubleSupplier chance) {
        this.nanos = nanos;
        this.chance = chance;
    }

    void connected() {
        connectedAt = nanos.getAsLong();
    }

    /** A connection ended that {@link #connected()} had told of. */
    void lost(boolean takenOverByAnother) {
        takenOver = takenOverByAnother;
        if (nanos.getAsLong() - connectedAt < SETTLED.toNanos()) {
            shortLived++;
        } else {
            settled();
        }
    }

    /** The connection has lived long enough to forget what was before. */
    void settled() {
        attempts = 0;
        shortLived = 0;
    }

    /** How many connections in a row lived only for a moment. */
    int shortLived() {
        return shortLived;
    }

    /** The wait before the next attempt, which counts from here on. */
    Duration next() {
        if (takenOver) {
            takenOver = false;
            return Duration.ofMillis(TAKEN_OVER_MILLIS + (long) (TAKEN_OVER_MILLIS * chance.getAsDouble()));
        }
        long longest = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(attempts, 10));
        long least = attempts == 0 ? 0 : LEAST_MILLIS;
        attempts++;
        return Duration.ofMillis(Math.max(least, (long) (longest * chance.getAsDouble())));
    }
}
