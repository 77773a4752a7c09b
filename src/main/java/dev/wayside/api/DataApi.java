package dev.wayside.api;

import dev.wayside.failure.UnavailableException;
import dev.wayside.journal.Journal;
import dev.wayside.web.ErrorResponse;
import dev.wayside.web.ServerRouter;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Serves the data behind the page on Camel's own HTTP server, below {@code /api/}: {@code counts}, {@code counts.csv},
 * {@code detections}, {@code sinks/<sink>/…} and {@code system}. {@code docs/live-page.md} describes each of them.
 *
 * <p>Add it to the lifecycle strategies of the context: it adds its paths when the context has started.
 */
public final class DataApi extends LifecycleStrategySupport {
    private static final int MOST_AT_A_TIME = 4;
    private static final long LARGEST_BODY = 64 * 1024;

    private final int port;
    private final Supplier<Optional<Journal>> journal;
    private final SystemReport system;
    private final Clock clock;
    private final Desk desk = new Desk(MOST_AT_A_TIME);

    /**
     * Creates the API; it is served once the context has started.
     *
     * @param port where Camel's server listens, {@code camel.server.port}
     * @param journal supplies the journal; empty while no route uses one
     * @param system what {@code /api/system} says
     * @param clock the wall clock
     */
    public DataApi(int port, Supplier<Optional<Journal>> journal, SystemReport system, Clock clock) {
        this.port = port;
        this.journal = journal;
        this.system = system;
        this.clock = clock;
    }

    @Override
    public void onContextStarted(CamelContext context) {
        // Otherwise the page says why it is not served.
        ServerRouter.find(context, port)
                .filter(ServerRouter::isGuarded)
                .ifPresent(router -> mount(router, new SinkRoutes(context)));
    }

    private void mount(VertxPlatformHttpRouter router, SinkRoutes routes) {
        get(router, "/api/counts", request -> new CountsAnswer(open(), clock).json(request));
        get(router, "/api/counts.csv", request -> new CountsAnswer(open(), clock).csv(request));
        get(router, "/api/detections", request -> new EventsAnswer(open()).newest(request));
        get(router, "/api/detections/:number", request -> new EventsAnswer(open()).one(request));
        get(router, "/api/sinks/:sink/dead-letters", request -> new DeadLettersAnswer(open()).newest(request));
        get(router, "/api/system", request -> Answer.json(system.get()));
        post(router, "/api/sinks/:sink/pause", request -> routes.pause(request.pathParam("sink")));
        post(router, "/api/sinks/:sink/resume", request -> routes.resume(request.pathParam("sink")));
        post(router, "/api/sinks/:sink/dead-letters/retry", request -> new DeadLettersAnswer(open()).retry(request));
        post(router, "/api/sinks/:sink/dead-letters/purge", request -> new DeadLettersAnswer(open()).purge(request));
    }

    private void get(VertxPlatformHttpRouter router, String path, Desk.Work work) {
        router.get(path).handler(request -> desk.take(request, work));
        refuseOtherMethods(router, path, "GET", "read-only");
    }

    private void post(VertxPlatformHttpRouter router, String path, Desk.Work work) {
        router.post(path)
                .handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY))
                .handler(request -> desk.take(request, work))
                .failureHandler(DataApi::failed);
        refuseOtherMethods(router, path, "POST", "a command");
    }

    private static void refuseOtherMethods(VertxPlatformHttpRouter router, String path, String method, String kind) {
        router.route(path).handler(request -> {
            HttpMethod used = request.request().method();
            request.response().putHeader("Allow", method);
            ErrorResponse.send(
                    request, 405, request.request().path() + " is " + kind + ": use " + method + ", not " + used + ".");
        });
    }

    private static void failed(RoutingContext request) {
        if (request.statusCode() == 413) {
            ErrorResponse.send(
                    request, 413, "The request is too large; at most " + LARGEST_BODY + " bytes are allowed.");
        } else {
            request.next();
        }
    }

    private Journal open() {
        return journal.get()
                .filter(Journal::isOpen)
                .orElseThrow(() -> new UnavailableException("The journal is not open; /api/status says why."));
    }
}
