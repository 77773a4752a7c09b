package dev.wayside.web;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** An error response with one sentence: a small page when a browser navigates, JSON for every other client. */
public final class ErrorResponse {
    private ErrorResponse() {}

    /**
     * Sends the error and ends the request, unless its client has left.
     *
     * @param status the HTTP status
     * @param sentence what was wrong and what is possible
     */
    public static void send(RoutingContext request, int status, String sentence) {
        if (request.response().closed() || request.response().ended()) {
            return;
        }
        if (isNavigation(request)) {
            Refusal.PAGE.send(request, status, Map.of("message", sentence));
        } else {
            SecurityHeaders.set(request.response(), SecurityHeaders.NOTHING)
                    .setStatusCode(status)
                    .putHeader("Cache-Control", "no-store")
                    .putHeader("Content-Type", "application/json")
                    .end(new JsonObject().put("error", sentence).encode());
        }
    }

    /** Whether a person waits for a page. */
    public static boolean isNavigation(RoutingContext request) {
        String accepted = request.request().getHeader("Accept");
        return accepted != null && accepted.contains("text/html");
    }

    /** Read when the first person needs it. */
    private static final class Refusal {
        private static final OneFilePage PAGE = new OneFilePage("refusal.html");
    }
}
