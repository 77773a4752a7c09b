package dev.wayside.access;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/**
 * What the guard answers: the pages to log in and out, and refusals. A page is one file with its style inside and without
 * scripts, so that it needs nothing else from behind the guard.
 */
final class GuardPages {
    /** For every response that does not set another one: a browser loads nothing that the response names. */
    private static final String NOTHING =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final String style = resource("guard.css");
    private final String policy = "default-src 'none'; style-src '" + hash(style)
            + "'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    private final Map<String, String> pages = Map.of(
            "login", resource("login.html"), "logout", resource("logout.html"), "refusal", resource("refusal.html"));

    /** Sets the headers that no response may lack. A handler behind the guard can replace the policy with its own. */
    static void protect(HttpServerResponse response) {
        response.putHeader("Content-Security-Policy", NOTHING)
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("X-Content-Type-Options", "nosniff")
                // With no-referrer, browsers would send the origin "null" with a form.
                .putHeader("Referrer-Policy", "same-origin");
    }

    /**
     * Sends the page with the form for the password.
     *
     * @param status the HTTP status
     * @param message what went wrong; empty for nothing
     * @param next the path to open after the login
     * @param token for the hidden field
     */
    void login(RoutingContext request, int status, String message, String next, String token) {
        send(
                request,
                status,
                "login",
                Map.of("message", message, "query", URLEncoder.encode(next, StandardCharsets.UTF_8), "token", token));
    }

    /** Sends the page with the button that ends the session. */
    void logout(RoutingContext request, String token) {
        send(request, 200, "logout", Map.of("token", token));
    }

    /**
     * Sends a refusal: a page when a browser navigates, JSON to every other client.
     *
     * @param sentence why, and what helps
     */
    void refuse(RoutingContext request, int status, String sentence) {
        if (isNavigation(request)) {
            send(request, status, "refusal", Map.of("message", sentence));
        } else {
            request.response()
                    .setStatusCode(status)
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Cache-Control", "no-store")
                    .end(new JsonObject().put("error", sentence).encode());
        }
    }

    /** Whether a person waits for a page. */
    static boolean isNavigation(RoutingContext request) {
        String accepted = request.request().getHeader("Accept");
        return accepted != null && accepted.contains("text/html");
    }

    private void send(RoutingContext request, int status, String page, Map<String, String> values) {
        String html = pages.get(page).replace("{{style}}", style);
        for (Map.Entry<String, String> value : values.entrySet()) {
            html = html.replace("{{" + value.getKey() + "}}", escape(value.getValue()));
        }
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Security-Policy", policy)
                .putHeader("Cache-Control", "no-store")
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .end(html);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                // Otherwise a value could contain the placeholder of the next one.
                .replace("{", "&#123;");
    }

    private static String resource(String name) {
        try (InputStream in = GuardPages.class.getResourceAsStream("/web/" + name)) {
            if (in == null) {
                throw new IllegalStateException("this build of Wayside lacks web/" + name + ": build it again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read web/" + name, e);
        }
    }

    private static String hash(String style) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
