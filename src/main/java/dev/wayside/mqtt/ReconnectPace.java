package dev.wayside.mqtt;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Decides how long to wait before the next attempt to connect. The waits grow and have full jitter, so that a fleet of
 * devices does not reconnect all at once. Except for the first, they are at least a second, because AWS IoT Core allows
 * one CONNECT per second for each client id; {@link #setLeastFirst} sets the minimum of the first. A short-lived
 * connection counts as a failed attempt. Not thread-safe.
 */
final class ReconnectPace {
    private static final Duration SETTLED = Duration.ofSeconds(10);
    /** While two clients with the same id displace each other, a connection may last longer than {@link #SETTLED}. */
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
     * Starts before the first attempt.
     *
     * @param nanos a clock such as {@link System#nanoTime}
     * @param chance supplies random numbers from 0 to 1
     */
    ReconnectPace(LongSupplier nanos, DoubleSupplier chance) {
        this.nanos = nanos;
        this.chance = chance;
    }

    /** Sets the minimum of the first wait, to which up to half a second of jitter is added. */
    void setLeastFirst(Duration least) {
        leastFirstMillis = least.toMillis();
    }

    void connected() {
        connectedAt = nanos.getAsLong();
    }

    /** The connection that {@link #connected()} reported was lost. */
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

    /** The connection has lasted long enough: the waits start from the shortest again. */
    void settled() {
        attempts = 0;
        shortLived = 0;
    }

    /** How long a connection must last to count as stable. */
    Duration settlesAfter() {
        return isDoubtful() ? SETTLED_AFTER_DOUBT : SETTLED;
    }

    /** Whether the last connection was short-lived. */
    boolean wasShortLived() {
        return shortLived > 0;
    }

    /** Whether connections have repeatedly been short-lived. */
    boolean isDoubtful() {
        return shortLived >= SHORT_LIVES_TO_DOUBT;
    }

    /** The wait before the next attempt; counts that attempt. */
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
