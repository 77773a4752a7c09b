package dev.wayside.mqtt;

import dev.wayside.failure.Reason;
import dev.wayside.status.Repetition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a store takes events; logs a failure at once, the same one at most once a minute, and its end. Thread-safe. */
final class IngestHealth {
    private static final Logger log = LoggerFactory.getLogger(IngestHealth.class);

    private final String name;
    private final Repetition failures = new Repetition(System::nanoTime);
    private final Repetition refusals = new Repetition(System::nanoTime);
    private String reason;
    private long since;
    private boolean logged;

    /** @param name begins each line of the log */
    IngestHealth(String name) {
        this.name = name;
    }

    synchronized void failed(Throwable failure) {
        if (reason == null) {
            since = System.nanoTime();
        }
        reason = Reason.of(failure);
        log.debug("{} failed", name, failure);
        failures.add(
                reason,
                () -> logged(() -> log.warn("{}: {}; its events wait at the broker and are retried", name, reason)),
                times -> logged(() -> log.warn("{}: failed {} more times: {}", name, times, reason)));
    }

    private void logged(Runnable line) {
        line.run();
        logged = true;
    }

    /** Also called after each of many short failures, of which only some are logged. */
    synchronized void works() {
        if (reason != null && logged) {
            log.info("{} works again after {} s", name, secondsSince());
            logged = false;
        }
        reason = null;
    }

    /** Logs each new kind of refusal at once, a known one once a minute with a count. */
    synchronized void refused(String why, String where) {
        refusals.add(
                why,
                () -> log.warn("{}: refused a message permanently: {}; it is published to {}", name, why, where),
                times -> log.warn("{}: refused {} more messages permanently: {}", name, times, why));
    }

    /** Why nothing can be stored; null while it can. */
    synchronized String reason() {
        return reason;
    }

    /** For how long nothing could be stored; 0 while it can. */
    synchronized long failingSeconds() {
        return reason == null ? 0 : secondsSince();
    }

    private long secondsSince() {
        return (System.nanoTime() - since) / 1_000_000_000;
    }
}
