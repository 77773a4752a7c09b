package dev.wayside.journal;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a sink waits before it tries again: anything from nothing to a bound that doubles with every failure in a
 * row, up to a cap. The chance keeps a fleet from coming back to one server all at once.
 */
public final class FullJitter {
    private static final int MOST_DOUBLINGS = 30;

    private final Duration first;
    private final Duration cap;
    private final RandomGenerator random;
    private int failures;

    /**
     * Makes one with no failures yet.
     *
     * @param first the bound after the first failure
     * @param cap the highest bound
     */
    public FullJitter(Duration first, Duration cap, RandomGenerator random) {
        this.first = first;
        this.cap = cap;
        this.random = random;
    }

    /** After a success. */
    public void reset() {
        failures = 0;
    }

    /** The wait after one more failure. */
    public Duration next() {
        long doubled = first.toMillis() << Math.min(failures++, MOST_DOUBLINGS);
        return Duration.ofMillis(random.nextLong(Math.min(cap.toMillis(), doubled) + 1));
    }
}
