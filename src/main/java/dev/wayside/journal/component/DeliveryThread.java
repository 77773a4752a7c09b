package dev.wayside.journal.component;

import dev.wayside.status.Repetition;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that delivers to a sink, from the start of its route to the stop. It works only while it holds the sink's
 * only permit. If the route is restarted while a call hangs, the new thread waits until that call has returned, so that
 * no event is delivered twice at the same time or out of order.
 */
final class DeliveryThread {
    private static final Logger log = LoggerFactory.getLogger(DeliveryThread.class);
    private static final long FIRST_WARNING_SECONDS = 10;
    private static final Duration WARNING_INTERVAL = Duration.ofMinutes(10);

    private final String sink;
    private final Semaphore permit;
    private final Work work;
    private final Thread thread;
    private boolean ended;
    private boolean delivering;

    /** What the thread does until it is ended. */
    interface Work {
        void run(DeliveryThread self) throws InterruptedException;
    }

    /**
     * Makes a thread without starting it.
     *
     * @param permit the sink's only permit, shared by all threads that deliver to it
     */
    DeliveryThread(String sink, Semaphore permit, Work work) {
        this.sink = sink;
        this.permit = permit;
        this.work = work;
        this.thread = new Thread(this::run, "sink-" + sink);
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
    }

    void start() {
        thread.start();
    }

    /** Ends it after the delivery in flight. */
    synchronized void endAfterDelivery() {
        ended = true;
        if (!delivering) {
            thread.interrupt();
        }
    }

    /** Ends it at once, even during a delivery. */
    synchronized void abort() {
        ended = true;
        thread.interrupt();
    }

    synchronized boolean isActive() {
        return !ended;
    }

    /** Whether a delivery may begin; only {@link #abort} interrupts it. */
    synchronized boolean beginDelivery() {
        delivering = !ended;
        return delivering;
    }

    synchronized void endDelivery() {
        delivering = false;
    }

    private void run() {
        try {
            Repetition waiting = new Repetition(System::nanoTime, WARNING_INTERVAL);
            while (!permit.tryAcquire(FIRST_WARNING_SECONDS, TimeUnit.SECONDS)) {
                waiting.add("", this::warnOfWait, times -> warnOfWait());
            }
            try {
                work.run(this);
            } finally {
                permit.release();
            }
        } catch (InterruptedException e) {
            log.debug("the delivery to {} was stopped", sink);
        }
    }

    private void warnOfWait() {
        log.warn("{} waits: another route delivers to it, or an earlier call to it has not returned", sink);
    }
}
