package dev.wayside.access;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.time.Duration;
import org.apache.camel.component.platform.http.main.MainHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.support.service.ServiceHelper;

/** Camel's HTTP server with a guard that is in place before the port is open. */
final class GuardedServer extends MainHttpServer {
    /** Several times what {@link dev.wayside.live.LiveLimits} allows, because a browser has six. */
    private static final int MOST_CONNECTIONS = 500;

    /** Streams send something more often. */
    private static final Duration IDLE = Duration.ofMinutes(2);

    private final Listener listener;
    private VertxPlatformHttpServer server;

    /** What guards the server. */
    interface Listener {
        /** Called before the server listens; the router has no routes of others yet. */
        void beforeListening(Vertx vertx, Router router);

        /** Called once the server listens. */
        void listening(Vertx vertx, HttpServer server);

        /** Called before the server stops. */
        void stopping();
    }

    /**
     * Takes over the configuration of a server that will not be started.
     *
     * @param configured made by Camel from {@code camel.server.*}
     */
    GuardedServer(MainHttpServer configured, Listener listener) {
        this.listener = listener;
        setCamelContext(configured.getCamelContext());
        setConfiguration(configured.getConfiguration());
        setStaticEnabled(configured.isStaticEnabled());
        setStaticSourceDir(configured.getStaticSourceDir());
        setStaticContextPath(configured.getStaticContextPath());
    }

    @Override
    protected void doInit() throws Exception {
        server = new ListenedServer();
        // The context also stops it.
        getCamelContext().addService(server);
    }

    @Override
    protected void doStart() throws Exception {
        ServiceHelper.startService(server);
        super.doStart();
    }

    /** Camel names a thread pool after the class, so the class needs a name. */
    private final class ListenedServer extends VertxPlatformHttpServer {
        ListenedServer() {
            super(GuardedServer.this.getConfiguration());
        }

        @Override
        protected Vertx createVertxInstance() {
            return LimitedVertx.of(super.createVertxInstance(), MOST_CONNECTIONS, IDLE);
        }

        @Override
        protected void initializeServer() {
            super.initializeServer();
            String router = VertxPlatformHttpRouter.getRouterNameFromPort(getConfigurationPort());
            listener.beforeListening(getVertx(), VertxPlatformHttpRouter.lookup(getCamelContext(), router));
        }

        @Override
        protected void startServer() throws Exception {
            super.startServer();
            listener.listening(getVertx(), getServer());
        }

        @Override
        protected void stopServer() {
            listener.stopping();
            super.stopServer();
        }
    }
}
