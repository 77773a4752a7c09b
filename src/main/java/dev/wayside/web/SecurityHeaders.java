package dev.wayside.web;

import io.vertx.core.http.HttpServerResponse;

/** Security headers: no other origin may embed a response, and a browser loads only what the policy allows. */
public final class SecurityHeaders {
    /** The policy of what is no page: a browser loads nothing that the response names. */
    public static final String NOTHING =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private SecurityHeaders() {}

    /**
     * Sets the headers; a later call replaces the policy.
     *
     * @param policy the Content-Security-Policy
     */
    public static HttpServerResponse set(HttpServerResponse response, String policy) {
        return response.putHeader("Content-Security-Policy", policy)
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("X-Content-Type-Options", "nosniff")
                // With no-referrer, browsers would send the origin "null" with a form.
                .putHeader("Referrer-Policy", "same-origin");
    }
}
