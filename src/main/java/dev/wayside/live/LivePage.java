package dev.wayside.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.status.Repetition;
import dev.wayside.web.ErrorResponse;
import dev.wayside.web.SecurityHeaders;
import dev.wayside.web.ServerRouter;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the live page and its data on Camel's own HTTP server: {@code /}, {@code /stream.mjpg}, {@code /snapshot.jpg},
 * {@code /api/events} and {@code /api/status}.
 *
 * <p>Bind it in Camel's registry: it adds its paths to the server when the context has started, and ends all streams
 * when the context stops. {@link HttpPort} checks beforehand that the port is free.
 */
public final class LivePage extends LifecycleStrategySupport {
    private static final Logger log = LoggerFactory.getLogger(LivePage.class);

    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final List<String> FILES = List.of(
            "wayside.css",
            "wayside.js",
            "tabs.js",
            "connection.js",
            "api.js",
            "words.js",
            "dialogs.js",
            "picture.js",
            "panel.js",
            "counts.js",
            "chart.js",
            "events.js",
            "sinks.js",
            "dead-letters.js",
            "system.js",
            "uplot.js",
            "uplot.css");
    private static final List<String> DATA = List.of("/stream.mjpg", "/snapshot.jpg", "/api/events", "/api/status");

    private final LiveView live;
    private final int port;
    private final Supplier<Map<String, Object>> status;
    private final LiveLimits limits;
    private final Repetition statusFailures = new Repetition(System::nanoTime, Duration.ofMinutes(10));
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, WebFile> files = new ConcurrentHashMap<>();
    private Audience audience;

    /**
     * Creates the page; it is served once the context has started.
     *
     * @param live the pictures and events to show; the caller closes it after the context
     * @param port where Camel's server listens, {@code camel.server.port}
     * @param status supplies the content of {@code /api/status}; called on a worker thread for each request
     * @param limits the maximum numbers of clients, and the timeouts
     */
    public LivePage(LiveView live, int port, Supplier<Map<String, Object>> status, LiveLimits limits) {
        this.live = live;
        this.port = port;
        this.status = status;
        this.limits = limits;
    }

    @Override
    public void onContextStarted(CamelContext context) {
        Optional<VertxPlatformHttpRouter> router = ServerRouter.find(context, port);
        if (router.isEmpty()) {
            log.error(
                    "The live page is not served: Camel has no HTTP server on port {}."
                            + " Set camel.server.enabled=true and camel.server.port={} to start one.",
                    port,
                    port);
        } else if (ServerRouter.isGuarded(router.get())) {
            mount(router.get());
        } else {
            log.warn("The live page is not served, because nothing protects this application's HTTP server: bind a"
                    + " dev.wayside.access.PageAccess in Camel's registry before Camel is configured, or run Wayside"
                    + " by itself.");
        }
    }

    @Override
    public void onContextStopping(CamelContext context) {
        if (audience != null) {
            audience.close();
        }
    }

    private void mount(VertxPlatformHttpRouter router) {
        audience = new Audience(live, limits, router.vertx());
        get(router, "/", request -> file("index.html").send(request));
        for (String file : FILES) {
            get(router, "/" + file, request -> file(file).send(request));
        }
        get(router, "/stream.mjpg", request -> withPicture(request, audience::stream));
        get(router, "/snapshot.jpg", request -> withPicture(request, audience::snapshot));
        get(router, "/api/events", audience::events);
        get(router, "/api/status", this::status);
        router.route().last().handler(LivePage::unknown);
    }

    private static void get(VertxPlatformHttpRouter router, String path, Handler<RoutingContext> handler) {
        Route route = router.route(path);
        route.handler(request -> {
            HttpMethod method = request.request().method();
            // A HEAD request to a stream would never end, and no client needs it.
            if (method == HttpMethod.GET || method == HttpMethod.HEAD && !DATA.contains(path)) {
                handler.handle(request);
            } else {
                request.response().putHeader("Allow", DATA.contains(path) ? "GET" : "GET, HEAD");
                ErrorResponse.send(request, 405, path + " is read-only: use GET, not " + method + ".");
            }
        });
    }

    /** Read when a browser first asks for it: a device that nobody looks at does not pay for the page. */
    private WebFile file(String name) {
        return files.computeIfAbsent(name, WebFile::read);
    }

    private interface PictureRequest {
        void answer(RoutingContext request, String camera, Overlay overlay);
    }

    private void withPicture(RoutingContext request, PictureRequest handler) {
        String camera = request.request()
                .getParam("camera", live.cameras().stream().findFirst().orElse(""));
        String show = request.request().getParam("show", Overlay.SCORES.toString());
        Optional<Overlay> overlay = Overlay.of(show);
        if (!live.cameras().contains(camera)) {
            ErrorResponse.send(
                    request,
                    404,
                    live.cameras().isEmpty()
                            ? "There is no camera: the setting cameras is 'none'."
                            : "There is no camera '" + camera + "'; the cameras are "
                                    + String.join(", ", live.cameras()) + ".");
        } else if (overlay.isEmpty()) {
            ErrorResponse.send(request, 400, "show is '" + show + "'; it must be one of " + Overlay.NAMES + ".");
        } else {
            handler.answer(request, camera, overlay.get());
        }
    }

    private void status(RoutingContext request) {
        request.vertx()
                .executeBlocking(this::statusJson, false)
                .onSuccess(body -> SecurityHeaders.set(request.response(), SecurityHeaders.NOTHING)
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Cache-Control", "no-store")
                        .end(body))
                .onFailure(error -> {
                    logStatusFailure(error);
                    ErrorResponse.send(request, 500, "The status cannot be read; the log says why.");
                });
    }

    /** Logs at intervals, because the page requests the status every two seconds. */
    private void logStatusFailure(Throwable error) {
        synchronized (statusFailures) {
            statusFailures.add(
                    String.valueOf(error.getMessage()),
                    () -> log.error("The status cannot be read: {}", error.getMessage(), error),
                    times -> log.error(
                            "The status cannot be read, {} more times: {}", times, error.getMessage(), error));
        }
    }

    /** The status, the time, by which the page knows how old an event is, and the colours of the labels. */
    private String statusJson() throws JsonProcessingException {
        Map<String, Object> answer = new LinkedHashMap<>(status.get());
        answer.put("time", Instant.now().toString());
        if (answer.get("detector") instanceof Map<?, ?> detector && detector.get("labels") instanceof List<?> labels) {
            Map<String, String> colours = new LinkedHashMap<>();
            labels.forEach(label -> colours.put(
                    label.toString(), LabelColour.of(label.toString()).css()));
            answer.put("colours", colours);
        }
        return json.writeValueAsString(answer);
    }

    private static void unknown(RoutingContext request) {
        ErrorResponse.send(
                request,
                404,
                "There is nothing at " + request.request().path()
                        + "; the live page is at /, and docs/live-page.md lists" + " what else there is.");
    }
}
