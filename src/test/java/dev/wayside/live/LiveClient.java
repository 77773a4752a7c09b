package dev.wayside.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.servers.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A client of the live page, with a page to talk to. */
abstract class LiveClient {
    static final LiveLimits LIMITS =
            new LiveLimits(3, 2, Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofSeconds(30));

    /** Without an immediate stop it would take the 30 s of a stall, or never end. */
    static final Duration AT_ONCE = Duration.ofSeconds(15);

    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    LiveServer server;

    @BeforeAll
    static void raiseAwaitTimeout() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    @AfterAll
    static void resetAwaitTimeout() {
        Awaitility.reset();
    }

    @BeforeEach
    void start() throws Exception {
        server = server(LIMITS);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    static LiveServer server(LiveLimits limits) throws Exception {
        return new LiveServer(Programs.freePort(), limits, () -> Statuses.running("front", "yard"), "front", "yard");
    }

    /** The next line that is not a heartbeat; one may come before the first event. */
    static String lineOfAnEvent(BufferedReader events) throws IOException {
        String line = events.readLine();
        while (line.startsWith(":") || line.isEmpty()) {
            line = events.readLine();
        }
        return line;
    }

    /** How many whole pictures the system has buffered: those that can be read without waiting. */
    static long backlog(InputStream in) throws IOException {
        byte[] marker = "Content-Type: image/jpeg".getBytes(StandardCharsets.US_ASCII);
        byte[] buffer = new byte[1 << 20];
        long pictures = 0;
        long until = System.nanoTime() + Duration.ofMillis(800).toNanos();
        int matched = 0;
        while (System.nanoTime() < until) {
            int read = in.read(buffer);
            for (int i = 0; i < read; i++) {
                matched = buffer[i] == marker[matched] ? matched + 1 : buffer[i] == marker[0] ? 1 : 0;
                if (matched == marker.length) {
                    pictures++;
                    matched = 0;
                }
            }
        }
        return pictures;
    }

    Socket slowViewer() throws IOException {
        Socket slow = new Socket();
        slow.setReceiveBufferSize(16 * 1024);
        slow.connect(new InetSocketAddress("127.0.0.1", server.port));
        slow.getOutputStream()
                .write("GET /stream.mjpg HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return slow;
    }

    void awaitFrame() throws Exception {
        await().until(() -> get("/snapshot.jpg").statusCode() == 200);
    }

    HttpResponse<InputStream> open(String path) throws Exception {
        HttpResponse<InputStream> answer = client.send(request(path).build(), BodyHandlers.ofInputStream());
        assertEquals(200, answer.statusCode());
        return answer;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path));
    }

    /** A request with the token that each change needs. */
    HttpRequest.Builder change(String path) throws IOException, InterruptedException {
        String cookie = header(get("/api/status"), "Set-Cookie");
        return request(path).header("X-XSRF-TOKEN", cookie.replaceAll("^[^=]*=|;.*", ""));
    }

    static BufferedReader lines(HttpResponse<InputStream> answer) {
        assertEquals("text/event-stream", header(answer, "Content-Type"));
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
