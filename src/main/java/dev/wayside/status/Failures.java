package dev.wayside.status;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that a route fails, once at first and then at most once a minute with a count, however many frames a second it
 * fails for. A failure counts as over when it has not come back for ten seconds. Thread-safe.
 */
public final class Failures {
    private static final Logger log = LoggerFactory.getLogger(Failures.class);
    private static final long QUIET = Duration.ofMinutes(1).toNanos();
    private static final long OVER = Duration.ofSeconds(10).toNanos();

    private final LongSupplier nanoTime;
    private final Map<String, Repeated> byRoute = new ConcurrentHashMap<>();

    /**
     * Makes an empty one.
     *
     * @param nanoTime {@link System#nanoTime()}, or a test's clock
     */
    public Failures(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Notes that a route failed for one message.
     *
     * @param route its id
     * @param failure what happened; its stack trace goes to the log at debug level only
     */
    public void add(String route, Throwable failure) {
        String reason = Reason.of(failure);
        byRoute.compute(route, (name, earlier) -> {
            Repeated repeated = earlier != null && isSame(earlier.reason, reason) ? earlier : new Repeated(reason);
            repeated.add(name, nanoTime.getAsLong());
            return repeated;
        });
        log.debug("route {} failed", route, failure);
    }

    /** Routes that failed within the last ten seconds, each with its {@code name}, {@code reason} and {@code failures}. */
    public List<Map<String, Object>> status() {
        long now = nanoTime.getAsLong();
        return byRoute.entrySet().stream()
                .filter(entry -> now - entry.getValue().last < OVER)
                .map(entry -> {
                    Map<String, Object> plain = new LinkedHashMap<>();
                    plain.put("name", "route " + entry.getKey());
                    plain.put("reason", entry.getValue().reason);
                    plain.put("failures", entry.getValue().total);
                    return plain;
                })
                .toList();
    }

    /** The same trouble with other numbers in it, such as a server's memory, is the same trouble. */
    private static boolean isSame(String reason, String other) {
        return reason.replaceAll("\\d+", "0").equals(other.replaceAll("\\d+", "0"));
    }

    private static final class Repeated {
        private final String reason;
        private long total;
        private long sinceSaid;
        private long said;
        private volatile long last;

        Repeated(String reason) {
            this.reason = reason;
        }

        void add(String route, long now) {
            total++;
            sinceSaid++;
            last = now;
            if (total == 1) {
                log.warn("route {} failed for a message: {}", route, reason);
            } else if (now - said >= QUIET) {
                log.warn("route {} failed for {} more messages: {}", route, sinceSaid, reason);
            } else {
                return;
            }
            said = now;
            sinceSaid = 0;
        }
    }
}
