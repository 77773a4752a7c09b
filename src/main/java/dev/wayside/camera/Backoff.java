package dev.wayside.camera;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff: the pause doubles with each consecutive failure and has random jitter, so that many devices do
 * not connect to one camera at the same moment.
 */
final class Backoff {
    private final Duration shortest;
    private final Duration longest;
    private final RandomGenerator random;
    private Duration next;

    Backoff(Duration shortest, Duration longest, RandomGenerator random) {
        this.shortest = shortest;
        this.longest = longest;
        this.random = random;
        reset();
    }

    /** Resets the pause to the shortest after a success. */
    void reset() {
        next = shortest;
    }

    /**
     * The pause after one more failure: a random time between half of the current pause and all of it, within the
     * limits.
     */
    Duration pause() {
        long whole = next.toNanos();
        next = next.compareTo(longest.dividedBy(2)) > 0 ? longest : next.multipliedBy(2);
        return Duration.ofNanos(Math.max(shortest.toNanos(), whole / 2 + (long) (whole / 2 * random.nextDouble())));
    }
}
