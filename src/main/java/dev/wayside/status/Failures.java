package dev.wayside.status;

import dev.wayside.failure.Reason;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs failures of routes: a new reason at once, and the same reason at most once a minute with a count, however often
 * the route fails. A failure counts as over if it has not recurred for ten seconds, or for three times as long as it took
 * to recur: a route may get a message only every half minute. Thread-safe.
 */
public final class Failures {
    private static final Logger log = LoggerFactory.getLogger(Failures.class);
    private static final long OVER = Duration.ofSeconds(10).toNanos();
    /** In which a failure must recur to be the same one; otherwise, it would last for days. */
    private static final long LONGEST_INTERVAL = Duration.ofMinutes(5).toNanos();

    private final LongSupplier nanoTime;
    private final Map<String, Failing> byRoute = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /**
     * @param nanoTime {@link System#nanoTime()}, or a test's clock
     */
    public Failures(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Records that a route failed for one message.
     *
     * @param route the route's id
     * @param failure the exception; its stack trace is logged at debug level only
     */
    public void add(String route, Throwable failure) {
        log.debug("route {} failed", route, failure);
        if (stopping) {
            return;
        }
        String reason = Reason.of(failure);
        byRoute.compute(route, (name, earlier) -> {
            Failing failing = earlier == null ? new Failing(nanoTime) : earlier;
            failing.add(name, reason, nanoTime.getAsLong());
            return failing;
        });
    }

    /**
     * Marks the shutdown. A message in flight may then fail because of it, which is not a fault, so failures are logged
     * at debug level only from now on.
     */
    public void stopping() {
        stopping = true;
    }

    /** Routes whose failure is not over, each with its {@code name}, {@code reason} and {@code failures}. */
    public List<Map<String, Object>> status() {
        long now = nanoTime.getAsLong();
        return byRoute.entrySet().stream()
                .filter(entry -> !entry.getValue().isOver(now))
                .map(entry -> {
                    Map<String, Object> plain = new LinkedHashMap<>();
                    plain.put("name", "route " + entry.getKey());
                    plain.put("reason", entry.getValue().reason);
                    plain.put("failures", entry.getValue().total);
                    return plain;
                })
                .toList();
    }

    private static final class Failing {
        private final Repetition repetition;
        private volatile String reason;
        private volatile long total;
        private volatile long last;
        private volatile long interval;

        Failing(LongSupplier nanoTime) {
            this.repetition = new Repetition(nanoTime);
        }

        boolean isOver(long now) {
            return now - last >= Math.max(OVER, 3 * interval);
        }

        void add(String route, String why, long now) {
            interval = total > 0 && now - last <= LONGEST_INTERVAL ? now - last : 0;
            total = Repetition.isSame(why, reason) ? total + 1 : 1;
            reason = why;
            last = now;
            repetition.add(
                    why,
                    () -> log.warn("route {} failed for a message: {}", route, why),
                    more -> log.warn("route {} failed for {} more messages: {}", route, more, why));
        }
    }
}
