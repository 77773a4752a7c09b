package dev.wayside.access;

import io.vertx.core.Vertx;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.handler.SessionHandler;
import io.vertx.ext.web.sstore.LocalSessionStore;
import java.time.Duration;

/**
 * The sessions of browsers, in memory: a restart ends them all. Only a login starts a session that is kept, so strangers
 * cannot fill the memory. Streams end with the session that opened them.
 */
final class Sessions {
    private static final String MAP = "wayside.sessions";

    /** OWASP recommends 128 bits; Vert.x counts bytes. */
    private static final int ID_BYTES = 32;

    private final Vertx vertx;
    private final String cookie;
    private final boolean secure;
    private final Duration timeout;
    private final OpenResponses open = new OpenResponses();
    private LocalSessionStore store;
    private SessionHandler handler;

    /**
     * @param port of the server: browsers send the cookies of one host to all its ports
     * @param secure whether browsers may send the cookie over TLS only
     * @param timeout after how long without a request a session ends
     */
    Sessions(Vertx vertx, int port, boolean secure, Duration timeout) {
        this.vertx = vertx;
        this.cookie = "wayside-" + port;
        this.secure = secure;
        this.timeout = timeout;
    }

    /** Looks up the session of the request, and its user; then the next handler runs. */
    void find(RoutingContext request) {
        handler().handle(request);
    }

    /** A page without a password needs no sessions. */
    private synchronized SessionHandler handler() {
        if (handler == null) {
            store = LocalSessionStore.create(vertx, MAP);
            handler = SessionHandler.create(store)
                    .setSessionCookieName(cookie)
                    .setCookieHttpOnlyFlag(true)
                    .setCookieSameSite(CookieSameSite.STRICT)
                    .setCookieSecureFlag(secure)
                    .setNagHttps(false)
                    .setMinLength(ID_BYTES)
                    .setSessionTimeout(timeout.toMillis())
                    .setLazySession(true);
        }
        return handler;
    }

    /** The id of the session of a request whose user has logged in; empty for any other. */
    static String id(RoutingContext request) {
        // Asking for the session of a stranger would keep it.
        Session session = request.user() == null ? null : request.session();
        return session == null ? "" : session.id();
    }

    /** Ends the response when the session ends. */
    void watch(RoutingContext request) {
        open.add(request, id(request));
    }

    int openResponses() {
        return open.count();
    }

    /** Ends the session of this request, and its streams. */
    void end(RoutingContext request) {
        Session session = request.session();
        String id = session.id();
        session.destroy();
        store.delete(id).onSuccess(deleted -> request.addEndHandler(sent -> open.end(id::equals)));
    }

    /** Ends all sessions and all streams. */
    synchronized void endAll() {
        if (store != null) {
            // Only a destroyed session is not stored again by a response that is just being sent.
            vertx.sharedData().<String, Session>getLocalMap(MAP).values().forEach(Session::destroy);
            store.clear();
        }
        open.end(any -> true);
    }

    /** Ends the streams of sessions that have expired. */
    synchronized void endExpired() {
        if (store != null) {
            open.end(id -> !id.isEmpty() && store.get(id).result() == null);
        }
    }

    synchronized void close() {
        if (store != null) {
            store.close();
        }
    }
}
