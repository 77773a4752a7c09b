package dev.wayside.access;

import dev.wayside.web.OneFilePage;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The pages to log in and out. */
final class GuardPages {
    private final OneFilePage login = new OneFilePage("login.html");
    private final OneFilePage logout = new OneFilePage("logout.html");

    /**
     * Sends the page with the form for the password.
     *
     * @param status the HTTP status
     * @param message what went wrong; empty for nothing
     * @param next the path to open after the login
     * @param token for the hidden field
     */
    void login(RoutingContext request, int status, String message, String next, String token) {
        login.send(
                request,
                status,
                Map.of("message", message, "query", URLEncoder.encode(next, StandardCharsets.UTF_8), "token", token));
    }

    /** Sends the page with the button that ends the session. */
    void logout(RoutingContext request, String token) {
        logout.send(request, 200, Map.of("token", token));
    }
}
