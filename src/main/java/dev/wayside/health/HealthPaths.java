package dev.wayside.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
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
    private final ObjectMapper json = new ObjectMapper();

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
        VertxPlatformHttpRouter router =
                VertxPlatformHttpRouter.lookup(context, VertxPlatformHttpRouter.getRouterNameFromPort(port));
        if (router != null) {
            HealthReport report = new HealthReport(context);
            serve(router, "/health/live", report::live);
            serve(router, "/health/ready", () -> report.ready(started.getAsBoolean()));
            serve(router, "/health/started", () -> report.started(started.getAsBoolean()));
        }
    }

    private void serve(VertxPlatformHttpRouter router, String path, Callable<HealthReport.Answer> check) {
        router.route(path).handler(request -> {
            HttpMethod method = request.request().method();
            if (method == HttpMethod.GET || method == HttpMethod.HEAD) {
                request.vertx()
                        .executeBlocking(() -> body(check.call(), mayReadDetails.test(request)), false)
                        .onSuccess(body -> request.response()
                                .setStatusCode(body.up ? 200 : 503)
                                .putHeader("Content-Type", "application/json")
                                .putHeader("Cache-Control", "no-store")
                                .putHeader("X-Content-Type-Options", "nosniff")
                                .end(body.json))
                        .onFailure(error -> {
                            log.error("{} cannot be answered: {}", path, error.getMessage(), error);
                            request.response().setStatusCode(500).end();
                        });
            } else {
                request.response()
                        .setStatusCode(405)
                        .putHeader("Allow", "GET, HEAD")
                        .end();
            }
        });
    }

    private Body body(HealthReport.Answer answer, boolean details) throws JsonProcessingException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", answer.up() ? "UP" : "DOWN");
        if (details) {
            Map<String, Object> overall = status.get();
            body.put("state", overall.get("state"));
            body.put("reasons", overall.get("reasons"));
            body.put("checks", answer.checks());
        }
        return new Body(answer.up(), json.writeValueAsString(body));
    }

    private record Body(boolean up, String json) {}
}
