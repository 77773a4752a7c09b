package dev.wayside.live;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** An error response with one sentence: a small page when a browser navigates, JSON for every other client. */
public final class ErrorResponse {
    private ErrorResponse() {}

    /**
     * Sends the error and ends the request.
     *
     * @param status the HTTP status
     * @param sentence what was wrong and what is possible
     */
    public static void send(RoutingContext request, int status, String sentence) {
        if (request.response().closed() || request.response().ended()) {
            return;
        }
        String accepted = request.request().getHeader("Accept");
        boolean page = accepted != null && accepted.contains("text/html");
        Security.headers(request.response());
        request.response()
                .setStatusCode(status)
                .putHeader("Cache-Control", "no-store")
                .putHeader("Content-Type", page ? "text/html; charset=utf-8" : "application/json")
                .end(
                        page
                                ? page(sentence)
                                : new JsonObject().put("error", sentence).encode());
    }

    private static String page(String sentence) {
        return "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\">"
                + "<title>Wayside</title><link rel=stylesheet href=/wayside.css><main class=refusal><h1>Wayside</h1><p>"
                + escape(sentence) + "</p><p><a href=\"/\">The live page</a></p></main></html>";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
