package dev.wayside.health;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * The answer of a check for everyone who asks within a second, so that strangers, who need no password, cannot make the
 * parts work by asking more often. Thread-safe.
 */
final class SharedAnswer {
    private static final long NANOS_VALID = Duration.ofSeconds(1).toNanos();

    private final Callable<HealthReport.Answer> check;
    private Future<HealthReport.Answer> latest;
    private long asked;

    /** @param check finds the answer; called on a worker thread, by one at a time */
    SharedAnswer(Callable<HealthReport.Answer> check) {
        this.check = check;
    }

    synchronized Future<HealthReport.Answer> get(Vertx vertx) {
        long now = System.nanoTime();
        if (latest == null || latest.isComplete() && now - asked > NANOS_VALID) {
            asked = now;
            latest = vertx.executeBlocking(check, false);
        }
        return latest;
    }
}
