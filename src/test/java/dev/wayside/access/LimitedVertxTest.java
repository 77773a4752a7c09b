package dev.wayside.access;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimitedVertxTest {
    private static final int PATIENCE_MILLIS = 10_000;

    private Vertx vertx;
    private HttpServer server;

    private void start(Duration idle) throws Exception {
        vertx = LimitedVertx.of(Vertx.vertx(), 2, idle);
        server = vertx.createHttpServer(new HttpServerOptions())
                .requestHandler(request -> request.response().end("here"))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private String answer() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes());
            return new String(socket.getInputStream().readAllBytes());
        } catch (IOException e) {
            return "reset";
        }
    }

    @Test
    void aConnectionBeyondTheLimitIsClosedAtOnceAndTheNextOneAfterAnEndIsServed() throws Exception {
        start(Duration.ofMinutes(10));
        try (Socket one = connect();
                Socket two = connect()) {
            keep(one);
            keep(two);
            assertTrue(answer().isEmpty() || answer().equals("reset"));
        }
        await().until(() -> answer().endsWith("here"));
    }

    /** A request makes sure that the server has seen the connection. */
    private static void keep(Socket socket) throws IOException {
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes());
        assertEquals('H', socket.getInputStream().read());
    }

    @Test
    void aConnectionThatSendsNothingIsClosed() throws Exception {
        start(Duration.ofSeconds(1));
        try (Socket silent = connect()) {
            assertEquals(-1, silent.getInputStream().read());
        }
    }
}
