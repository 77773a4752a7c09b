package dev.wayside.access;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The responses that are being sent, by session, so that streams end with the session that opened them. */
final class OpenResponses {
    private final Map<HttpServerResponse, String> sessions = new ConcurrentHashMap<>();

    /**
     * Adds a response until it has ended.
     *
     * @param session its id; empty if the client sends the password with each request
     */
    void add(RoutingContext request, String session) {
        HttpServerResponse response = request.response();
        sessions.put(response, session);
        request.addEndHandler(ended -> sessions.remove(response));
    }

    int count() {
        return sessions.size();
    }

    /** Cuts off the responses of these sessions. */
    void end(Predicate<String> ended) {
        sessions.forEach((response, session) -> {
            if (ended.test(session)) {
                response.reset();
            }
        });
    }
}
