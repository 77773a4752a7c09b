package dev.wayside.access;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Vert.x whose HTTP servers have limits, so that strangers who only open connections cannot use up the memory and the file
 * descriptors that the camera and the journal need. Camel has no options for them, and makes the server itself.
 */
final class LimitedVertx implements InvocationHandler {
    private final Vertx vertx;
    private final int most;
    private final Duration idle;
    private final AtomicInteger connections = new AtomicInteger();

    private LimitedVertx(Vertx vertx, int most, Duration idle) {
        this.vertx = vertx;
        this.most = most;
        this.idle = idle;
    }

    /**
     * Adds the limits.
     *
     * @param most how many connections a server has at a time; further ones are closed at once
     * @param idle after how long without data a connection is closed
     */
    static Vertx of(Vertx vertx, int most, Duration idle) {
        return (Vertx) Proxy.newProxyInstance(
                LimitedVertx.class.getClassLoader(),
                new Class<?>[] {VertxInternal.class},
                new LimitedVertx(vertx, most, idle));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("createHttpServer")
                && arguments != null
                && arguments[0] instanceof HttpServerOptions options) {
            return limited(options);
        }
        try {
            return method.invoke(vertx, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private HttpServer limited(HttpServerOptions options) {
        return vertx.createHttpServer(
                        options.setIdleTimeout((int) idle.toSeconds()).setIdleTimeoutUnit(TimeUnit.SECONDS))
                .connectionHandler(this::opened);
    }

    private void opened(HttpConnection connection) {
        connection.closeHandler(closed -> connections.decrementAndGet());
        if (connections.incrementAndGet() > most) {
            connection.close();
        }
    }
}
