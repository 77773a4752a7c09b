package dev.wayside.camera;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers HTTP requests byte by byte as the test decides, even in invalid ways. Keeps connections open. */
final class RawHttpServer implements AutoCloseable {
    private static final byte[] PICTURE = Pictures.jpeg(160, 120);

    /** Writes an answer, head included; an exception ends the connection. */
    interface Answer {
        void write(String request, OutputStream out) throws IOException;
    }

    private final ServerSocket listener;
    private final Answer answer;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int idleMillis;

    RawHttpServer(Answer answer) {
        this.answer = answer;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    /** Host, port and path, without a scheme. */
    String at(String path) {
        return "127.0.0.1:" + listener.getLocalPort() + path;
    }

    int connections() {
        return connections.get();
    }

    /** The number of open connections. */
    int open() {
        return clients.size();
    }

    int requests() {
        return requests.get();
    }

    /** Closes a connection that has been idle for this long; by default, it waits forever. */
    void closeIdleConnectionsAfter(Duration idle) {
        idleMillis = Math.toIntExact(idle.toMillis());
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                connections.incrementAndGet();
                clients.add(client);
                client.setSoTimeout(idleMillis);
                threads.execute(() -> serve(client));
            } catch (SocketException e) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            StringBuilder request = new StringBuilder();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                request.append(line).append('\n');
                if (line.isEmpty()) {
                    requests.incrementAndGet();
                    answer.write(request.toString(), client.getOutputStream());
                    client.getOutputStream().flush();
                    request.setLength(0);
                }
            }
        } catch (IOException e) {
            // The client has disconnected, or the test ends the connection.
        } finally {
            clients.remove(client);
        }
    }

    /** An answer whose length is known, after which the connection stays open. */
    static void whole(OutputStream out, String status, String headers, byte[] body) throws IOException {
        out.write(("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
    }

    /** An answer with a JPEG of 160x120. */
    static void picture(OutputStream out) throws IOException {
        whole(out, "200 OK", "Content-Type: image/jpeg\r\n", PICTURE);
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket client : clients) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
