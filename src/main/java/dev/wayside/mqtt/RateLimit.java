package dev.wayside.mqtt;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Spaces messages evenly, so that no second of time sees more of them than allowed. Thread-safe. */
final class RateLimit {
    private final long spacing;
    private final LongSupplier nanos;
    private long next;

    /**
     * Allows the first at once.
     *
     * @param perSecond how many, or 0 for any number
     * @param nanos a clock such as {@link System#nanoTime}
     */
    RateLimit(int perSecond, LongSupplier nanos) {
        this.spacing = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.nanos = nanos;
        this.next = nanos.getAsLong();
    }

    /** Takes the next turn and says how long it is until then, in nanoseconds; 0 or less for now. */
    synchronized long turn() {
        long now = nanos.getAsLong();
        long mine = Math.max(now, next);
        next = mine + spacing;
        return mine - now;
    }

    /** Waits for its turn; an interrupt ends the wait early and stays set. */
    void await() {
        long turn = nanos.getAsLong() + turn();
        for (long left = turn - nanos.getAsLong();
                left > 0 && !Thread.currentThread().isInterrupted();
                left = turn - nanos.getAsLong()) {
            LockSupport.parkNanos(left);
        }
    }
}
