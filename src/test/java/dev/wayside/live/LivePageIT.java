package dev.wayside.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayside.servers.Programs;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LivePageIT {
    private static final LiveLimits LIMITS =
            new LiveLimits(3, 2, Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofSeconds(30));

    /** Without an immediate stop it would take the 30 s of a stall, or never end. */
    private static final Duration AT_ONCE = Duration.ofSeconds(15);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private LiveServer server;

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

    private static LiveServer server(LiveLimits limits) throws Exception {
        return new LiveServer(Programs.freePort(), limits, () -> Statuses.running("front", "yard"), "front", "yard");
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=utf-8",
        "/wayside.css, text/css; charset=utf-8",
        "/wayside.js, text/javascript; charset=utf-8",
        "/connection.js, text/javascript; charset=utf-8",
        "/picture.js, text/javascript; charset=utf-8",
        "/panel.js, text/javascript; charset=utf-8",
    })
    void servesThePagesFilesAndLetsABrowserCacheThem(String path, String type) throws Exception {
        HttpResponse<String> first = get(path);
        assertEquals(200, first.statusCode());
        assertEquals(type, header(first, "Content-Type"));
        assertEquals("no-cache", header(first, "Cache-Control"));
        assertTrue(header(first, "Content-Security-Policy").startsWith("default-src 'none'"));
        assertFalse(first.body().contains("http://") && !first.body().contains("www.w3.org"), "nothing from elsewhere");
        HttpResponse<String> again = send(
                request(path).header("If-None-Match", header(first, "ETag")).GET());
        assertEquals(304, again.statusCode());
        assertEquals("", again.body());
    }

    @Test
    void streamsPicturesInOrderAndRemovesAViewerThatLeaves() throws Exception {
        HttpResponse<InputStream> answer = open("/stream.mjpg");
        assertEquals("multipart/x-mixed-replace; boundary=wayside-frame", header(answer, "Content-Type"));
        assertEquals("no-store", header(answer, "Cache-Control"));
        try (MjpegReader stream = new MjpegReader(answer.body())) {
            for (int i = 0; i < 5; i++) {
                assertEquals(
                        640,
                        ImageIO.read(new ByteArrayInputStream(stream.next())).getWidth());
            }
            assertEquals(1, server.live.viewers("front"));
            assertEquals(0, server.live.viewers("yard"));
        }
        await().until(() -> !server.live.watched("front"));
    }

    @Test
    void showsTheLastPictureAtOnceWhileTheCameraDeliversNone() throws Exception {
        awaitFrame();
        server.stopFrames();
        assertTimeoutPreemptively(AT_ONCE, () -> {
            try (MjpegReader stream =
                    new MjpegReader(open("/stream.mjpg?camera=yard").body())) {
                assertTrue(stream.next().length > 10_000);
            }
        });
    }

    @Test
    void encodesOnceForSeveralViewers() throws Exception {
        try (MjpegReader first = new MjpegReader(open("/stream.mjpg").body());
                MjpegReader second = new MjpegReader(open("/stream.mjpg").body())) {
            await().until(() -> server.live.viewers("front") == 2);
            long frames = server.published();
            long pictures = server.live.pictures("front");
            while (server.live.pictures("front") - pictures < 10) {
                first.next();
                second.next();
            }
            long encoded = server.live.pictures("front") - pictures;
            frames = server.published() - frames;
            assertTrue(encoded <= frames + 1, encoded + " pictures were encoded of " + frames + " frames");
            assertEquals(0, server.live.pictures("yard"));
        }
    }

    @Test
    void takesTheNextFrameForASnapshot() throws Exception {
        server.close();
        server = server(LiveLimits.DEFAULT);
        awaitFrame();
        HttpResponse<byte[]> answer =
                client.send(request("/snapshot.jpg?camera=yard").build(), BodyHandlers.ofByteArray());
        assertEquals(200, answer.statusCode());
        assertEquals("image/jpeg", header(answer, "Content-Type"));
        assertTrue(DrawnBox.find(ImageIO.read(new ByteArrayInputStream(answer.body())), DrawnBox.Colour.GREEN)
                .isPresent());
        assertFalse(server.live.watched("yard"));
    }

    @Test
    void explainsThatNoFrameCameForASnapshot() throws Exception {
        server.stopFrames();
        HttpResponse<String> answer = get("/snapshot.jpg");
        assertEquals(503, answer.statusCode());
        assertEquals(
                "Camera front delivered no frame within 1.0 s; /api/status shows its state.",
                json(answer.body()).get("error").asText());
        assertEquals("2", header(answer, "Retry-After"));
        assertFalse(server.live.watched("front"), "the snapshot is given up");
    }

    @Test
    void sendsEventsAndAHeartbeatWhenThereAreNone() throws Exception {
        awaitFrame();
        try (BufferedReader events = lines(open("/api/events"))) {
            assertEquals("retry: 2000", events.readLine());
            assertEquals("", events.readLine());
            assertEquals("event: detection", lineOfAnEvent(events));
            String id = events.readLine();
            assertTrue(id.startsWith("id: pi-01/front/"), id);
            JsonNode event = json(events.readLine().substring("data: ".length()));
            assertEquals("wayside.event/1", event.get("schema").asText());
            assertEquals(1, event.get("count").get("car").asInt());
            assertEquals(id, "id: " + event.get("id").asText());
            server.stopFrames();
            String line = events.readLine();
            while (!line.equals(": still here")) {
                line = events.readLine();
            }
        }
    }

    /** The next line that is not a heartbeat; one may come before the first event. */
    private static String lineOfAnEvent(BufferedReader events) throws IOException {
        String line = events.readLine();
        while (line.startsWith(":") || line.isEmpty()) {
            line = events.readLine();
        }
        return line;
    }

    @Test
    void reportsTheStatusWithTheColoursOfTheLabels() throws Exception {
        HttpResponse<String> answer = get("/api/status");
        assertEquals("application/json", header(answer, "Content-Type"));
        JsonNode status = json(answer.body());
        assertEquals("pi-01", status.get("device").asText());
        assertEquals("#00ff00", status.get("colours").get("car").asText());
        assertEquals("#ff0000", status.get("colours").get("person").asText());
    }

    @ParameterizedTest
    @CsvSource({"/stream.mjpg", "/snapshot.jpg"})
    void namesTheCamerasForAnUnknownOne(String path) throws Exception {
        HttpResponse<String> answer = get(path + "?camera=%3Cb%3E");
        assertEquals(404, answer.statusCode());
        assertEquals(
                "There is no camera '<b>'; the cameras are front, yard.",
                json(answer.body()).get("error").asText());
    }

    @Test
    void listsThePathsForAnUnknownOneAsPageOrJson() throws Exception {
        HttpResponse<String> program = get("/nothing");
        assertEquals(404, program.statusCode());
        assertEquals(
                "There is nothing at /nothing; Wayside serves /, /stream.mjpg, /snapshot.jpg, /api/events, /api/status.",
                json(program.body()).get("error").asText());
        HttpResponse<String> browser =
                send(request("/%3Cscript%3E").header("Accept", "text/html,*/*").GET());
        assertEquals(404, browser.statusCode());
        assertEquals("text/html; charset=utf-8", header(browser, "Content-Type"));
        assertFalse(browser.body().contains("<script>"));
    }

    @Test
    void refusesOtherMethodsThanGet() throws Exception {
        HttpResponse<String> answer = send(request("/api/status").POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertEquals(405, answer.statusCode());
        assertEquals("GET", header(answer, "Allow"));
        assertEquals(
                "/api/status is read-only: use GET, not POST.",
                json(answer.body()).get("error").asText());
    }

    @Test
    void refusesViewersBeyondTheLimitUntilOneLeaves() throws Exception {
        List<MjpegReader> viewers = new ArrayList<>();
        for (int i = 0; i < LIMITS.streams(); i++) {
            viewers.add(new MjpegReader(open("/stream.mjpg").body()));
        }
        await().until(() -> server.live.viewers("front") == LIMITS.streams());
        HttpResponse<String> refused = get("/stream.mjpg");
        assertEquals(503, refused.statusCode());
        assertEquals(
                "All 3 picture streams are in use; close another viewer and try again.",
                json(refused.body()).get("error").asText());
        viewers.remove(0).close();
        await().until(() -> server.live.viewers("front") == LIMITS.streams() - 1);
        viewers.add(new MjpegReader(open("/stream.mjpg").body()));
        for (MjpegReader viewer : viewers) {
            assertTrue(viewer.next().length > 10_000);
            viewer.close();
        }
        try (BufferedReader one = lines(open("/api/events"));
                BufferedReader two = lines(open("/api/events"))) {
            assertEquals(503, get("/api/events").statusCode());
            assertEquals("retry: 2000", one.readLine());
            assertEquals("retry: 2000", two.readLine());
        }
    }

    @Test
    void aSlowViewerMissesPicturesAndDelaysNobody() throws Exception {
        long begin = server.live.pictures("front");
        try (Socket slow = slowViewer();
                MjpegReader fast = new MjpegReader(open("/stream.mjpg").body())) {
            await().until(() -> server.live.viewers("front") == 2);
            long start = server.live.pictures("front");
            for (int i = 0; i < 60; i++) {
                fast.next();
            }
            long missed = server.live.pictures("front") - start;
            assertTrue(missed <= 90, "the fast viewer saw only 60 of " + missed + " pictures");
            slow.setSoTimeout(5000);
            long waiting = backlog(slow.getInputStream());
            long shown = server.live.pictures("front") - begin;
            assertTrue(waiting < shown / 2, waiting + " of " + shown + " pictures were kept for the slow viewer");
        }
        await().until(() -> !server.live.watched("front"));
    }

    @Test
    void dropsAStalledViewer() throws Exception {
        server.close();
        server = server(new LiveLimits(3, 2, Duration.ofSeconds(1), Duration.ofSeconds(15), Duration.ofSeconds(1)));
        try (Socket slow = slowViewer()) {
            // A drawn picture proves that there was a viewer, who may be dropped again before a count sees it.
            await().until(() -> server.live.pictures("front") > 0);
            await().atMost(Duration.ofSeconds(20)).until(() -> server.live.viewers("front") == 0);
            slow.setSoTimeout(5000);
            assertTrue(slow.getInputStream().readAllBytes().length > 0, "the rest, and the end");
        }
    }

    @Test
    void stopsAtOnceDespiteAStalledViewer() throws Exception {
        try (Socket slow = slowViewer()) {
            await().atMost(Duration.ofSeconds(30)).until(() -> server.live.pictures("front") > 30);
            assertTimeoutPreemptively(AT_ONCE, () -> server.close());
            assertTrue(slow.isConnected());
        }
        start();
    }

    @Test
    void endsAllStreamsAtOnceWhenItStops() throws Exception {
        MjpegReader stream = new MjpegReader(open("/stream.mjpg").body());
        BufferedReader events = lines(open("/api/events"));
        stream.next();
        events.readLine();
        server.stopFrames();
        CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> {
            assertThrows(IOException.class, () -> {
                while (true) {
                    stream.next();
                }
            });
            assertEquals(0, events.lines().filter(String::isBlank).skip(1000).count());
        });
        assertTimeoutPreemptively(AT_ONCE, () -> {
            server.close();
            ended.join();
        });
        assertThrows(IOException.class, () -> get("/"));
        start();
    }

    @Test
    void explainsThatThePortIsTaken() {
        String message = assertThrows(IllegalStateException.class, () -> HttpPort.requireFree("127.0.0.1", server.port))
                .getMessage();
        assertEquals(
                "Port " + server.port
                        + " on 127.0.0.1 is taken by another program: stop that program, or choose another"
                        + " port for the live page with --set http.port=" + (server.port + 1) + ".",
                message);
        assertTrue(assertThrows(IllegalStateException.class, () -> HttpPort.requireFree("192.0.2.1", server.port))
                .getMessage()
                .contains("this machine has no such address"));
        assertTrue(assertThrows(IllegalStateException.class, () -> HttpPort.requireFree("no.such.invalid", server.port))
                .getMessage()
                .contains("http.host=no.such.invalid"));
    }

    /** How many whole pictures the system has buffered: those that can be read without waiting. */
    private static long backlog(InputStream in) throws IOException {
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

    private Socket slowViewer() throws IOException {
        Socket slow = new Socket();
        slow.setReceiveBufferSize(16 * 1024);
        slow.connect(new InetSocketAddress("127.0.0.1", server.port));
        slow.getOutputStream()
                .write("GET /stream.mjpg HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return slow;
    }

    private void awaitFrame() throws Exception {
        await().until(() -> get("/snapshot.jpg").statusCode() == 200);
    }

    private HttpResponse<InputStream> open(String path) throws Exception {
        HttpResponse<InputStream> answer = client.send(request(path).build(), BodyHandlers.ofInputStream());
        assertEquals(200, answer.statusCode());
        return answer;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path));
    }

    private static BufferedReader lines(HttpResponse<InputStream> answer) {
        assertEquals("text/event-stream", header(answer, "Content-Type"));
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
