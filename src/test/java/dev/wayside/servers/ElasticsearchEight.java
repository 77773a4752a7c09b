package dev.wayside.servers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Answers as a real Elasticsearch 8.19.0 did: it takes the index template, and refuses requests of a newer client. */
public final class ElasticsearchEight implements AutoCloseable {
    private static final String REFUSAL =
            """
            {"error":{"root_cause":[{"type":"media_type_header_exception",\
            "reason":"Invalid media-type value on headers [Accept, Content-Type]"}],"type":"media_type_header_exception",\
            "reason":"Invalid media-type value on headers [Accept, Content-Type]","caused_by":{"type":"status_exception",\
            "reason":"Accept version must be either version 8 or 7, but found 9. \
            Accept=application/vnd.elasticsearch+json; compatible-with=9"}},"status":400}""";

    private final HttpServer server;

    /** Starts it on a free port. */
    public ElasticsearchEight() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/_index_template", exchange -> answer(exchange, 200, "{\"acknowledged\":true}"));
        server.createContext("/", exchange -> answer(exchange, 400, REFUSAL));
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("X-elastic-product", "Elasticsearch");
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
