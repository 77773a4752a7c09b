package dev.wayside.camera;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to pause after a failure: doubled with every failure in a row, with chance in it so that many devices do not
 * ask one camera at the same moment.
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

    /** After a success: the next pause is the shortest again. */
    void reset() {
        next = shortest;
    }

    /** The pause after one more failure: half to the whole of what has been doubled so far, within the limits. */
    Duration pause() {
        long whole = next.toNanos();
        next = next.compareTo(longest.dividedBy(2)) > 0 ? longest : next.multipliedBy(2);
        return Duration.ofNanos(Math.max(shortest.toNanos(), whole / 2 + (long) (whole / 2 * random.nextDouble())));
    }
}
