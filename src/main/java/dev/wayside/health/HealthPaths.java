package dev.wayside.health;

import dev.wayside.status.Repetition;
import dev.wayside.web.ErrorResponse;
import dev.wayside.web.SecurityHeaders;
import dev.wayside.web.ServerRouter;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code /health/live}, {@code /health/ready} and {@code /health/started} on Camel's own HTTP server, for probes:
 * 200 with {@code {"status":"UP"}}, or 503 with {@code DOWN}. Those who may read details also get every check.
 */
public final class HealthPaths extends LifecycleStrategySupport {
    private static final Logger log = LoggerFactory.getLogger(HealthPaths.class);

    private final int port;
    private final BooleanSupplier started;
    private final Supplier<Map<String, Object>> status;
    private final Predicate<RoutingContext> mayReadDetails;
    private final Repetition failures = new Repetition(System::nanoTime, Duration.ofMinutes(10));

    /**
     * Serves the paths once the context has started.
     *
     * @param port where Camel's server listens, {@code camel.server.port}; without a server there, it does nothing
     * @param started whether all routes have been started
     * @param status supplies the overall {@code state} and the {@code reasons}; called on a worker thread
     * @param mayReadDetails whether a request may see more than the bare status
     */
    public HealthPaths(
            int port,
            BooleanSupplier started,
            Supplier<Map<String, Object>> status,
            Predicate<RoutingContext> mayReadDetails) {
        this.port = port;
        this.started = started;
        this.status = status;
        this.mayReadDetails = mayReadDetails;
    }

    @Override
    public void onContextStarted(CamelContext context) {
        ServerRouter.find(context, port).ifPresent(router -> {
            HealthReport report = new HealthReport(context);
            serve(router, "/health/live", report::live);
            serve(router, "/health/ready", () -> report.ready(started.getAsBoolean()));
            serve(router, "/health/started", () -> report.started(started.getAsBoolean()));
        });
    }

    private void serve(VertxPlatformHttpRouter router, String path, Callable<HealthReport.Answer> check) {
        SharedAnswer answers = new SharedAnswer(check);
        router.route(path).handler(request -> {
            HttpMethod method = request.request().method();
            if (method == HttpMethod.GET || method == HttpMethod.HEAD) {
                answers.get(request.vertx())
                        .compose(answer -> mayReadDetails.test(request)
                                ? request.vertx().executeBlocking(() -> body(answer, status.get()), false)
                                : Future.succeededFuture(body(answer, Map.of())))
                        .onSuccess(body -> SecurityHeaders.set(request.response(), SecurityHeaders.NOTHING)
                                .setStatusCode(body.up ? 200 : 503)
                                .putHeader("Content-Type", "application/json")
                                .putHeader("Cache-Control", "no-store")
                                .end(body.json.encode()))
                        .onFailure(error -> {
                            logFailure(path, error);
                            ErrorResponse.send(request, 500, "The checks cannot be made; the log says why.");
                        });
            } else {
                request.response()
                        .setStatusCode(405)
                        .putHeader("Allow", "GET, HEAD")
                        .end();
            }
        });
    }

    /** At intervals, because probes repeat their requests. */
    private void logFailure(String path, Throwable error) {
        synchronized (failures) {
            failures.add(
                    path + error.getMessage(),
                    () -> log.error("{} cannot be answered: {}", path, error.getMessage(), error),
                    times -> log.error("{} cannot be answered, {} more times: {}", path, times, error.getMessage()));
        }
    }

    /**
     * The body of a response.
     *
     * @param overall the status for those who may read details, otherwise empty
     */
    private static Body body(HealthReport.Answer answer, Map<String, Object> overall) {
        JsonObject body = new JsonObject().put("status", answer.up() ? "UP" : "DOWN");
        if (!overall.isEmpty()) {
            body.put("state", overall.get("state"))
                    .put("reasons", overall.get("reasons"))
                    .put("checks", answer.checks());
        }
        return new Body(answer.up(), body);
    }

    private record Body(boolean up, JsonObject json) {}
}
