package dev.wayside.mqtt;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a member leaves its group for good: it takes no new events, and stores those of its session, for a limited time. */
final class Departure {
    private static final Logger log = LoggerFactory.getLogger(Departure.class);

    private final CountDownLatch complete = new CountDownLatch(1);
    private final String clientId;
    private final String store;
    private Duration within = Duration.ZERO;
    private long latest;
    private volatile boolean begun;

    Departure(String clientId, String store) {
        this.clientId = clientId;
        this.store = store;
    }

    /** How long it may take; 0, the default, if the member never leaves. */
    void setWithin(Duration within) {
        this.within = within;
    }

    /** Without effect if the member never leaves, or leaves already. */
    synchronized void begin() {
        if (!begun && !within.isZero()) {
            latest = System.nanoTime() + within.toNanos();
            begun = true;
        }
    }

    boolean begun() {
        return begun;
    }

    /** No event waits for the member any more. */
    void complete() {
        complete.countDown();
    }

    /** Returns when it is complete, or when the time for it is over. */
    void await() {
        try {
            if (complete.await(latest - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                log.info("{}: left the group; no event waits for {}", store, clientId);
            } else {
                // No warning: those of connections are dropped while the process ends.
                log.info(
                        "{}: events wait at the broker until a member {} returns: they could not be stored within {} s",
                        store,
                        clientId,
                        within.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
