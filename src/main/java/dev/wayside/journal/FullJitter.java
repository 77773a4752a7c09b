package dev.wayside.journal;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter: a sink waits a random time between zero and a bound that doubles with every
 * consecutive failure, up to a cap. The jitter keeps a fleet of devices from returning to a server all at once.
 */
public final class FullJitter {
    private static final int MOST_DOUBLINGS = 30;

    private final Duration first;
    private final Duration cap;
    private final RandomGenerator random;
    private int failures;

    /**
     * Starts with no failures.
     *
     * @param first the bound after the first failure
     * @param cap the highest bound
     */
    public FullJitter(Duration first, Duration cap, RandomGenerator random) {
        this.first = first;
        this.cap = cap;
        this.random = random;
    }

    /** Resets the bound after a success. */
    public void reset() {
        failures = 0;
    }

    /** Counts one more failure and returns the wait before the next attempt. */
    public Duration next() {
        long doubled = first.toMillis() << Math.min(failures++, MOST_DOUBLINGS);
        return Duration.ofMillis(random.nextLong(Math.min(cap.toMillis(), doubled) + 1));
    }
}
