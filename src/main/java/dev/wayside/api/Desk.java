package dev.wayside.api;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.failure.Reason;
import dev.wayside.failure.UnavailableException;
import dev.wayside.status.Repetition;
import dev.wayside.web.ErrorResponse;
import dev.wayside.web.SecurityHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests on worker threads. Beyond a few at a time, it refuses them at once instead of queueing them. Thread-safe.
 */
final class Desk {
    private static final Logger log = LoggerFactory.getLogger(Desk.class);
    private static final int BUSY = 503;
    private static final String RETRY_SECONDS = "2";

    private final Repetition failures = new Repetition(System::nanoTime, Duration.ofMinutes(10));
    private final Semaphore free;

    /** Finds the answer to a request; may block. */
    interface Work {
        /**
         * Called on a worker thread.
         *
         * @throws InvalidInputException if the request is wrong; the message is for the user
         * @throws NotFoundException if it names something that does not exist
         * @throws UnavailableException if it cannot be answered now
         */
        Answer answer(RoutingContext request) throws Exception;
    }

    /**
     * Starts with nothing to do.
     *
     * @param most how many requests are answered at a time
     */
    Desk(int most) {
        this.free = new Semaphore(most);
    }

    /** Answers a request, sooner or later. */
    void take(RoutingContext request, Work work) {
        if (!free.tryAcquire()) {
            refuse(request, BUSY, "Too many requests at the same time; try again in " + RETRY_SECONDS + " s.");
            return;
        }
        request.vertx()
                .executeBlocking(() -> work.answer(request), false)
                .onComplete(done -> free.release())
                .onSuccess(answer -> send(request, answer))
                .onFailure(failure -> fail(request, failure));
    }

    private static void send(RoutingContext request, Answer answer) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            return;
        }
        SecurityHeaders.set(response, SecurityHeaders.NOTHING)
                .putHeader("Content-Type", answer.type())
                .putHeader("Cache-Control", "no-store");
        if (answer.file() != null) {
            response.putHeader("Content-Disposition", "attachment; filename=\"" + answer.file() + "\"");
        }
        response.end(answer.body());
    }

    private void fail(RoutingContext request, Throwable failure) {
        if (failure instanceof InvalidInputException) {
            ErrorResponse.send(request, 400, failure.getMessage());
        } else if (failure instanceof NotFoundException) {
            ErrorResponse.send(request, 404, failure.getMessage());
        } else if (failure instanceof UnavailableException) {
            refuse(request, BUSY, failure.getMessage());
        } else if (failure instanceof SQLException) {
            refuse(request, BUSY, "The journal cannot be used now: " + Reason.ofRoot(failure) + ".");
        } else {
            logFailure(request.request().path(), failure);
            ErrorResponse.send(request, 500, "This request cannot be answered; the log says why.");
        }
    }

    /** At intervals, because the page repeats its requests. */
    private void logFailure(String path, Throwable failure) {
        synchronized (failures) {
            String reason = Reason.of(failure);
            failures.add(
                    path + reason,
                    () -> log.error("{} cannot be answered: {}", path, reason, failure),
                    times -> log.error("{} cannot be answered, {} more times: {}", path, times, reason));
        }
    }

    private static void refuse(RoutingContext request, int status, String sentence) {
        request.response().putHeader("Retry-After", RETRY_SECONDS);
        ErrorResponse.send(request, status, sentence);
    }
}
