package dev.wayside.management;

import dev.wayside.web.SecurityHeaders;
import dev.wayside.web.ServerRouter;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the Hawtio console at {@code /hawtio/} and Jolokia at {@code /hawtio/jolokia}, on Camel's own HTTP server.
 * Add it to the context as a lifecycle strategy. Jolokia is started by its first request.
 */
public final class HawtioConsole extends LifecycleStrategySupport {
    private static final Logger log = LoggerFactory.getLogger(HawtioConsole.class);
    private static final String BASE = "/hawtio/";
    /** A request for the rights to all operations of all MBeans has about 100 kB. */
    private static final long LARGEST_REQUEST = 1024 * 1024;

    /** Hawtio's style sheets are in its scripts, and its editor runs in workers. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; worker-src 'self' blob:; "
            + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
            + "manifest-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

    /** What Hawtio's own server would answer: no login of its own, no plugins, no connections to other machines. */
    private static final Map<String, Object> ANSWERS = Map.of(
            "user", "public",
            "plugin", new JsonArray(),
            "proxy/enabled", false,
            "keycloak/enabled", false,
            "auth/config", new JsonObject(),
            "auth/config/login", new JsonArray(),
            "auth/config/oidc", new JsonObject(),
            "auth/config/session-timeout", new JsonObject());

    private final int port;
    private final Path files;
    private final String version;
    private Jolokia jolokia;

    /**
     * Creates the console; it is served once the context has started.
     *
     * @param port where Camel's server listens, {@code camel.server.port}
     * @param files the folder with Hawtio's static files; see {@link #installedFiles()}
     * @param version of Wayside, for the console's "About"
     */
    public HawtioConsole(int port, Path files, String version) {
        this.port = port;
        this.files = files;
        this.version = version;
    }

    /** The folder that the build lays beside Wayside's libraries. They are files because Vert.x sends these without a copy. */
    public static Path installedFiles() {
        try {
            return Path.of(HawtioConsole.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolveSibling(Path.of("lib", "hawtio-static"));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the address of Wayside's jar is no URI", e);
        }
    }

    @Override
    public void onContextStarted(CamelContext context) {
        // Otherwise the live page says why neither is served.
        ServerRouter.find(context, port).filter(ServerRouter::isGuarded).ifPresent(router -> {
            if (Files.isDirectory(files)) {
                mount(router, context);
            } else {
                log.error("The Hawtio console is not served: this build of Wayside lacks {}. Build it again.", files);
            }
        });
    }

    @Override
    public void onContextStopped(CamelContext context) {
        if (jolokia != null) {
            jolokia.close();
        }
    }

    private void mount(VertxPlatformHttpRouter router, CamelContext context) {
        jolokia = new Jolokia(context);
        router.route("/hawtio*").handler(HawtioConsole::secure);
        router.getWithRegex("/hawtio").handler(request -> request.redirect(BASE));
        router.post("/hawtio/jolokia/*").handler(BodyHandler.create(false).setBodyLimit(LARGEST_REQUEST));
        router.route("/hawtio/jolokia/*").handler(HawtioConsole::requireBody).blockingHandler(jolokia, false);
        ANSWERS.forEach((path, answer) -> router.get(BASE + path).handler(request -> request.json(answer)));
        router.get(BASE + "hawtconfig.json").handler(request -> request.json(configuration()));
        router.get(BASE).handler(this::page);
        router.get("/hawtio/*").handler(StaticHandler.create(FileSystemAccess.ROOT, files.toString()));
        router.getWithRegex("/hawtio/[^.]+").handler(this::page);
    }

    private static void secure(RoutingContext request) {
        SecurityHeaders.set(request.response(), POLICY).putHeader("Cache-Control", "no-store");
        request.next();
    }

    /** A link or an image on another page can send a GET request. Such a request may only ask for Jolokia's version. */
    private static void requireBody(RoutingContext request) {
        HttpMethod method = request.request().method();
        boolean version = request.normalizedPath().matches("/hawtio/jolokia/?")
                && request.request().query() == null;
        if (method == HttpMethod.POST || method == HttpMethod.GET && version) {
            request.next();
        } else {
            request.response().setStatusCode(405).putHeader("Allow", "POST");
            request.json(new JsonObject().put("error", "Jolokia accepts requests only as the body of a POST."));
        }
    }

    /** The same page for every path of its own; its script shows what the path says. */
    private void page(RoutingContext request) {
        request.response().sendFile(files.resolve("index.html").toString());
    }

    private JsonObject configuration() {
        return new JsonObject()
                .put("branding", new JsonObject().put("appName", "Wayside").put("showAppName", true))
                .put(
                        "about",
                        new JsonObject()
                                .put("title", "Wayside")
                                .put(
                                        "productInfo",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("name", "Wayside")
                                                        .put("value", version))));
    }
}
