package dev.wayside.access;

import dev.wayside.failure.Reason;
import dev.wayside.status.Repetition;
import dev.wayside.web.ErrorResponse;
import dev.wayside.web.SecurityHeaders;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BasicAuthHandler;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in front of every path of the server. A request passes if it calls this server by an allowed name, does not come
 * from another site, has the password or a session, and, for a change, the token. Without a password to ask for, the other
 * conditions still hold. Only the login, and whether Wayside is healthy, are open to everyone.
 */
final class Guard {
    private static final Logger log = LoggerFactory.getLogger(Guard.class);

    static final String LOGIN = "/login";
    static final String LOGOUT = "/logout";
    private static final Set<String> HEALTH = Set.of("/health/live", "/health/ready", "/health/started");
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<HttpMethod> CHANGING =
            Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

    private static final String TRUSTED = "wayside.trusted";
    private static final String PASSED = "wayside.passed";
    private static final String REALM = "Wayside";

    /** A password and a token fit into it several times. */
    private static final int MOST_FORM_BYTES = 8192;

    private final Vertx vertx;
    private final AllowedHosts hosts;
    private final PasswordCheck password;
    private final Sessions sessions;
    private final ChangeToken token;
    private final LoginForms forms;
    private final Repetition refusedHosts = new Repetition(System::nanoTime, Duration.ofHours(1));

    Guard(Vertx vertx, AllowedHosts hosts, PasswordCheck password, Sessions sessions, ChangeToken token) {
        this.vertx = vertx;
        this.hosts = hosts;
        this.password = password;
        this.sessions = sessions;
        this.token = token;
        this.forms = new LoginForms(password, sessions, token);
    }

    /** Whether a client may see more than whether Wayside is healthy: its request has passed the guard as a known user's. */
    static boolean isTrusted(RoutingContext request) {
        return Boolean.TRUE.equals(request.get(TRUSTED));
    }

    /** Adds the guard to a router, in front of all routes that it has or will have. */
    void mount(Router router) {
        int order = Integer.MIN_VALUE;
        first(router.route(), order++).handler(this::receive).failureHandler(this::failed);
        first(router.route(), order++).handler(this::identify);
        first(router.route(), order++).handler(this::trust);
        BodyHandler form = BodyHandler.create(false).setBodyLimit(MOST_FORM_BYTES);
        first(router.post(LOGIN), order++)
                .handler(form)
                .handler(this::requireToken)
                .handler(forms::login);
        first(router.route(LOGIN), order++).handler(forms::showLogin);
        first(router.route(), order++).handler(this::requireUser);
        first(router.post(LOGOUT), order++)
                .handler(form)
                .handler(this::requireToken)
                .handler(forms::logout);
        first(router.route(LOGOUT), order++).handler(forms::showLogout);
        first(router.route(), order).handler(this::requireToken).handler(this::pass);
    }

    private static Route first(Route route, int order) {
        return route.order(order);
    }

    private void receive(RoutingContext request) {
        SecurityHeaders.set(request.response(), SecurityHeaders.NOTHING);
        HostAndPort called = request.request().authority();
        String host = called == null ? null : called.host();
        if (request.request().headers().getAll("Host").size() > 1 || !hosts.allows(host)) {
            refuseHost(request, host);
        } else if (!isReadable(request)) {
            ErrorResponse.send(
                    request,
                    400,
                    "The address contains a malformed escape: after % there must be two hexadecimal digits.");
        } else if (RequestOrigin.isForeign(request.request())) {
            ErrorResponse.send(
                    request,
                    403,
                    "This request comes from a page of another site. If both are yours behind a proxy, the proxy must"
                            + " pass the header Host on unchanged.");
        } else if (!READING.contains(request.request().method())
                && !CHANGING.contains(request.request().method())) {
            ErrorResponse.send(request, 405, "This method is not used here.");
        } else {
            request.next();
        }
    }

    /** Vert.x decodes the parameters when they are asked for first. */
    private static boolean isReadable(RoutingContext request) {
        try {
            request.queryParams();
            request.request().params();
            return true;
        } catch (IllegalArgumentException e) {
            log.debug("a malformed address", e);
            return false;
        }
    }

    private void refuseHost(RoutingContext request, String host) {
        String name = AllowedHosts.shown(host);
        synchronized (refusedHosts) {
            refusedHosts.add(
                    name,
                    () -> log.warn("The page refuses requests for {}, because it is not in http.names", name),
                    times -> log.warn("The page refused {} more requests for names not in http.names", times));
        }
        ErrorResponse.send(
                request,
                403,
                "Wayside does not answer to " + name + ". If this is its name in your network, add it to http.names.");
    }

    /** Basic authentication for programs, sessions for browsers. */
    private void identify(RoutingContext request) {
        if (!password.isRequired()) {
            request.next();
        } else if (request.request().headers().contains("Authorization")) {
            BasicAuthHandler.create(password.of(client(request), vertx), REALM).handle(request);
        } else {
            sessions.find(request);
        }
    }

    private void trust(RoutingContext request) {
        if (request.user() != null && !password.isCurrent(request.user())) {
            request.userContext().clear();
        }
        request.put(TRUSTED, !password.isRequired() || request.user() != null);
        request.next();
    }

    private void requireUser(RoutingContext request) {
        if (isTrusted(request)) {
            if (request.request().method() == HttpMethod.GET) {
                token.give(request, Sessions.id(request));
            }
            request.next();
        } else if (HEALTH.contains(request.normalizedPath())
                && READING.contains(request.request().method())
                && request.request().method() != HttpMethod.OPTIONS) {
            pass(request);
        } else {
            forms.askForLogin(request);
        }
    }

    private void requireToken(RoutingContext request) {
        if (CHANGING.contains(request.request().method()) && !token.isIn(request, Sessions.id(request))) {
            ErrorResponse.send(
                    request,
                    403,
                    "A change needs the header " + ChangeToken.HEADER + " with the value of the cookie "
                            + ChangeToken.COOKIE
                            + ", which each GET sets. If you filled in a form, load the page again.");
        } else {
            request.next();
        }
    }

    private void pass(RoutingContext request) {
        request.put(PASSED, true);
        // A password that is set later ends the streams that needed none.
        sessions.watch(request);
        request.next();
    }

    /** Answers what Vert.x' handlers refuse; failures behind the guard are not its own. */
    private void failed(RoutingContext request) {
        if (request.get(PASSED) != null) {
            request.next();
        } else if (!request.response().ended() && !request.response().closed()) {
            if (request.statusCode() >= 500) {
                log.error("The guard of the page failed: {}", Reason.of(request.failure()), request.failure());
            }
            forms.refused(request);
        }
    }

    static InetAddress client(RoutingContext request) {
        try {
            return InetAddress.getByName(request.request().remoteAddress().hostAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("a connection's address is no name", e);
        }
    }
}
