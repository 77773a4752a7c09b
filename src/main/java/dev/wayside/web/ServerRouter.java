package dev.wayside.web;

import io.vertx.ext.web.Router;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** The router of Camel's own HTTP server. */
public final class ServerRouter {
    /** The key in the router's metadata that says that a guard stands in front of all its paths. */
    private static final String GUARDED = "wayside.guarded";

    private ServerRouter() {}

    /**
     * The router of a context.
     *
     * @param port where the server listens, {@code camel.server.port}
     * @return empty if the context has no server on this port
     */
    public static Optional<VertxPlatformHttpRouter> find(CamelContext context, int port) {
        return Optional.ofNullable(
                VertxPlatformHttpRouter.lookup(context, VertxPlatformHttpRouter.getRouterNameFromPort(port)));
    }

    /** Records that a guard stands in front of all paths. */
    public static void guarded(Router router) {
        router.putMetadata(GUARDED, true);
    }

    /**
     * Whether a guard stands in front of all paths. An address on the loopback interface alone protects nothing: the pages of
     * other sites, in a browser on this machine, can send requests there.
     */
    public static boolean isGuarded(Router router) {
        return router.metadata().containsKey(GUARDED);
    }
}
