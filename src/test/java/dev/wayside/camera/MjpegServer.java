package dev.wayside.camera;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A typical camera: MJPEG over HTTP as multipart/x-mixed-replace, 25 pictures per second at /stream. */
final class MjpegServer implements AutoCloseable {
    private static final byte[] PICTURE = Pictures.jpeg(160, 120);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger requests = new AtomicInteger();
    private volatile boolean silent;
    private volatile boolean broken;
    private volatile Part part = new Part("image/jpeg", PICTURE);

    private record Part(String type, byte[] content) {}

    MjpegServer() {
        this(0);
    }

    /** Serves at a given port; 0 for any. */
    MjpegServer(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/stream", this::stream);
        HttpContext locked = server.createContext("/locked", this::stream);
        locked.setAuthenticator(new BasicAuthenticator("camera") {
            @Override
            public boolean checkCredentials(String user, String password) {
                return user.equals("admin") && password.equals("hunter2");
            }
        });
        answer("/unauthorized", 401);
        answer("/forbidden", 403);
        answer("/broken", 500);
        server.createContext("/text", exchange -> {
            requests.incrementAndGet();
            byte[] page = "<html>no video here</html>".repeat(50).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
    }

    private void answer(String path, int status) {
        server.createContext(path, exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    int requests() {
        return requests.get();
    }

    /** Whether to keep connections without sending anything. */
    void silent(boolean now) {
        silent = now;
    }

    /** Sends this in each part from now on. */
    void send(String type, byte[] content) {
        part = new Part(type, content);
    }

    /** Whether to send data that are not JPEGs. */
    void broken(boolean now) {
        broken = now;
    }

    private void stream(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        exchange.getResponseHeaders().set("Content-Type", "multipart/x-mixed-replace; boundary=picture");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            while (!closed.await(40, TimeUnit.MILLISECONDS)) {
                if (!silent) {
                    Part now = part;
                    byte[] picture =
                            broken ? "neither head nor tail".getBytes(StandardCharsets.US_ASCII) : now.content();
                    String head = "--picture\r\nContent-Type: " + now.type() + "\r\nContent-Length: " + picture.length
                            + "\r\n\r\n";
                    body.write(head.getBytes(StandardCharsets.US_ASCII));
                    body.write(picture);
                    body.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                    body.flush();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
