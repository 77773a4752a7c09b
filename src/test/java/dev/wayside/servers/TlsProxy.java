package dev.wayside.servers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import nl.altindag.ssl.SSLFactory;
import nl.altindag.ssl.pem.util.PemUtils;

/** Speaks TLS to clients and plain HTTP to a server, and asks for authorization where the server itself cannot. */
public final class TlsProxy implements AutoCloseable {
    private static final Set<String> ANOTHER_HOP = Set.of("connection", "host", "content-length", "transfer-encoding");

    private final int upstream;
    private final Set<String> authorizations;
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * Starts it.
     *
     * @param upstream the server's port
     * @param authorizations the headers {@code Authorization} that are let in; with none, everything is
     */
    public TlsProxy(TestCertificates certificates, String name, int upstream, String... authorizations) {
        this.upstream = upstream;
        this.authorizations = Set.of(authorizations);
        SSLFactory tls = SSLFactory.builder()
                .withIdentityMaterial(PemUtils.loadIdentityMaterial(
                        Path.of(certificates.certificate(name)), Path.of(certificates.key(name))))
                .build();
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(tls.getSslContext()));
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void pass(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (!authorizations.isEmpty()
                && !authorizations.contains(
                        String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")))) {
            unauthorized(exchange);
            return;
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + upstream + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((key, values) -> {
            if (!ANOTHER_HOP.contains(key.toLowerCase())) {
                values.forEach(value -> request.header(key, value));
            }
        });
        try {
            HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            answer.headers().map().forEach((key, values) -> {
                if (!ANOTHER_HOP.contains(key.toLowerCase())) {
                    exchange.getResponseHeaders().put(key, values);
                }
            });
            send(exchange, answer.statusCode(), answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.close();
        }
    }

    /** As Elasticsearch's security words it. */
    private static void unauthorized(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"security\"");
        exchange.getResponseHeaders().set("X-elastic-product", "Elasticsearch");
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.elasticsearch+json;compatible-with=9");
        String reason = "unable to authenticate user for REST request";
        String error = "{\"error\":{\"root_cause\":[{\"type\":\"security_exception\",\"reason\":\"" + reason
                + "\"}],\"type\":\"security_exception\",\"reason\":\"" + reason + "\"},\"status\":401}";
        send(exchange, 401, error.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
