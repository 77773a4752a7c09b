package dev.wayside.mqtt;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * How long to wait before the next attempt. The waits grow and have full jitter, so that a fleet does not come back all
 * at once; they are never shorter than a second (AWS IoT Core allows one CONNECT a second for each client id), but for
 * the first, unless {@link #setLeastFirst} says so. A connection that lived only for a moment counts as an attempt that
 * failed. Not thread-safe.
 */
final class ReconnectPace {
    private static final Duration SETTLED = Duration.ofSeconds(10);
    /** Two clients that throw each other out may well leave each other so much time when they wait for long. */
    private static final Duration SETTLED_AFTER_DOUBT = Duration.ofMinutes(5);

    private static final int SHORT_LIVES_TO_DOUBT = 2;
    private static final long FIRST_MILLIS = 500;
    private static final long LEAST_MILLIS = 1000;
    private static final long LONGEST_MILLIS = 15_000;
    private static final long LONGEST_IN_DOUBT_MILLIS = 60_000;
    private static final long TAKEN_OVER_MILLIS = 30_000;

    private final LongSupplier nanos;
    private final DoubleSupplier chance;
    private long leastFirstMillis;
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

    /** The first wait is this and, by chance, up to half a second. */
    void setLeastFirst(Duration least) {
        leastFirstMillis = least.toMillis();
    }

    void connected() {
        connectedAt = nanos.getAsLong();
    }

    /** A connection ended that {@link #connected()} had told of. */
    void lost(boolean takenOverByAnother) {
        takenOver = takenOverByAnother;
        if (takenOver) {
            shortLived = Math.max(shortLived, SHORT_LIVES_TO_DOUBT);
        } else if (nanos.getAsLong() - connectedAt < settlesAfter().toNanos()) {
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

    /** A connection that lives so long is a good one. */
    Duration settlesAfter() {
        return isDoubtful() ? SETTLED_AFTER_DOUBT : SETTLED;
    }

    /** Whether the last connection lived only for a moment. */
    boolean wasShortLived() {
        return shortLived > 0;
    }

    /** Whether connections only ever live for a moment. */
    boolean isDoubtful() {
        return shortLived >= SHORT_LIVES_TO_DOUBT;
    }

    /** The wait before the next attempt, which counts from here on. */
    Duration next() {
        if (takenOver) {
            takenOver = false;
            return Duration.ofMillis(TAKEN_OVER_MILLIS + (long) (TAKEN_OVER_MILLIS * chance.getAsDouble()));
        }
        long longest = Math.min(
                isDoubtful() ? LONGEST_IN_DOUBT_MILLIS : LONGEST_MILLIS, FIRST_MILLIS << Math.min(attempts, 10));
        long byChance = (long) (longest * chance.getAsDouble());
        return Duration.ofMillis(attempts++ == 0 ? leastFirstMillis + byChance : Math.max(LEAST_MILLIS, byChance));
    }
}
