package dev.wayside.camera;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CameraSnapshotIT {
    private static final byte[] PICTURE = Pictures.jpeg(160, 120);

    @Test
    void requestsOncePerPeriodOverOneConnection() {
        AtomicReference<String> asked = new AtomicReference<>();
        try (LogCapture log = new LogCapture();
                RawHttpServer server = new RawHttpServer((request, out) -> {
                    asked.set(request);
                    RawHttpServer.picture(out);
                })) {
            try (TestCamera camera = TestCamera.snapshot(server, "", "/cgi-bin/pic.jpg?channel=1&token=hunter2")) {
                camera.awaitFrames(20);
                camera.awaitFps(1000.0 / TestCamera.SNAPSHOT_PERIOD.toMillis(), 4);
                assertEquals(
                        "160x120",
                        camera.status().width() + "x" + camera.status().height());
                assertEquals(1, server.connections());
                assertEquals(
                        "snapshot:http://" + server.at("/cgi-bin/pic.jpg?channel=1&token=***"),
                        camera.status().url());
                assertTrue(asked.get().startsWith("GET /cgi-bin/pic.jpg?channel=1&token=hunter2 "), asked.get());
            }
            await("nothing is left running").atMost(TestCamera.PATIENCE).until(() -> server.open() == 0);
            int requests = server.requests();
            assertFalse(log.all().contains("hunter2"), log.all());
            assertTrue(log.at(Level.WARN).isEmpty(), log.all());
            assertEquals(requests, server.requests());
        }
    }

    @Test
    void opensAnotherConnectionWhenTheCameraClosesIt() {
        AtomicInteger answers = new AtomicInteger();
        try (RawHttpServer server = new RawHttpServer((request, out) -> {
                    RawHttpServer.picture(out);
                    if (answers.incrementAndGet() % 2 == 0) {
                        out.flush();
                        throw new IOException("closed, and not said before");
                    }
                });
                TestCamera camera = TestCamera.snapshot(server, "", "/pic.jpg")) {
            camera.awaitFrames(10);
            assertEquals(0, camera.status().reconnects());
            assertTrue(server.connections() > 1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 Not Found | text/html | has nothing at this path (404): check the path",
                "403 Forbidden | text/html | denies access (403): this user may not see the stream",
                "429 Too Many Requests | text/html | is overloaded (429)",
                "410 Gone | text/html | has nothing at this path (410): check the path",
                "503 Service Unavailable | text/html | has an internal error (503)",
                "204 No Content | text/html | returns no picture (HTTP 204)",
                "200 OK | text/html | answers, but not with a JPEG or PNG (it sends text/html): check the path",
                "200 OK | multipart/x-mixed-replace;boundary=b | sends a stream, not one picture per request",
            })
    void reportsTheServersAnswer(String status, String type, String reason) {
        try (RawHttpServer server = new RawHttpServer((request, out) ->
                        RawHttpServer.whole(out, status, "Content-Type: " + type + "\r\n", new byte[9]));
                TestCamera camera = TestCamera.snapshot(server, "", "/pic.jpg")) {
            assertTrue(camera.awaitReason(reason).reason().startsWith(server.at("")));
        }
    }

    @Test
    void reportsAPictureThatIsTooBigOrDamaged() {
        byte[] damaged = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 1, 2, 3};
        RawHttpServer.Answer endless = (request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(("\r\n" + Integer.toHexString(PICTURE.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(PICTURE);
            }
        };
        try (RawHttpServer big = new RawHttpServer(endless);
                RawHttpServer bad =
                        new RawHttpServer((request, out) -> RawHttpServer.whole(out, "200 OK", "", damaged));
                TestCamera first = TestCamera.snapshot(big, "", "/pic.jpg");
                TestCamera second = TestCamera.snapshot(bad, "", "/pic.jpg")) {
            first.awaitReason("sends more than 16 MB, which is too big for one picture");
            second.awaitReason("can be decoded: the camera sends a damaged picture");
        }
    }

    @Test
    void refusesATooBigPictureByItsAnnouncedLength() {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: 99000000\r\n\r\n";
        try (RawHttpServer big =
                        new RawHttpServer((request, out) -> out.write(head.getBytes(StandardCharsets.US_ASCII)));
                TestCamera camera = TestCamera.snapshot(big, "", "/pic.jpg")) {
            camera.awaitReason("sends more than 16 MB, which is too big for one picture");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/pic.jpg",
                "http://u:hunter2@[bad/x",
                "http://nowhere.invalid/?pwd=hunter2",
                "http://127.0.0.1:1/"
            })
    void reportsARedirectThatLeadsNowhere(String to) {
        try (LogCapture log = new LogCapture();
                RawHttpServer server = new RawHttpServer((request, out) ->
                        RawHttpServer.whole(out, "302 Found", "Location: " + to + "\r\n", new byte[0]));
                TestCamera camera = TestCamera.snapshot(server, "", "/pic.jpg")) {
            camera.awaitReason(server.at("") + " redirects (HTTP 302) to an address that cannot be opened");
            assertFalse(log.all().contains("hunter2"), log.all());
        }
    }

    @Test
    void readsACompressedPicture() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (OutputStream compressed = new GZIPOutputStream(body)) {
            compressed.write(PICTURE);
        }
        try (RawHttpServer server = new RawHttpServer((request, out) ->
                        RawHttpServer.whole(out, "200 OK", "Content-Encoding: gzip\r\n", body.toByteArray()));
                TestCamera camera = TestCamera.snapshot(server, "", "/pic.jpg")) {
            camera.awaitFrames(2);
        }
    }

    @Test
    void readsAPngAndARotatedPicture() {
        byte[] png = Pictures.encoded("png", 80, 60, Color.BLUE);
        byte[] sideways = Pictures.withOrientation(PICTURE, 8);
        try (RawHttpServer first = new RawHttpServer((request, out) -> RawHttpServer.whole(out, "200 OK", "", png));
                RawHttpServer second =
                        new RawHttpServer((request, out) -> RawHttpServer.whole(out, "200 OK", "", sideways));
                TestCamera blue = TestCamera.snapshot(first, "", "/pic");
                TestCamera turned = TestCamera.snapshot(second, "", "")) {
            blue.awaitFrames(2);
            turned.awaitFrames(2);
            assertEquals(80, blue.status().width());
            assertEquals(120, turned.status().width());
        }
    }

    @Test
    void detectsAServerThatDoesNotAnswerAndClosesAtOnceMeanwhile() {
        try (RawHttpServer mute = new RawHttpServer((request, out) -> {})) {
            try (TestCamera camera = new TestCamera("snapshot:http://" + mute.at("/pic.jpg"), TestCamera.STALLS_SOON)) {
                camera.awaitReason("no answer from snapshot:http://" + mute.at("/pic.jpg") + " within 1.5 s");
            }
            int before = mute.requests();
            TestCamera camera = new TestCamera("snapshot:http://" + mute.at("/pic.jpg"));
            await().atMost(TestCamera.PATIENCE).until(() -> mute.requests() > before);
            long begin = System.nanoTime();
            camera.close();
            // If it were not woken, it would wait for ten seconds.
            assertTrue(System.nanoTime() - begin < Duration.ofSeconds(5).toNanos());
            await("nothing is left running").atMost(TestCamera.PATIENCE).until(() -> mute.open() == 0);
        }
    }

    @Test
    void reportsWhyThereIsNoConnection() {
        RawHttpServer gone = new RawHttpServer((request, out) -> {});
        gone.close();
        try (TestCamera refused = TestCamera.snapshot(gone, "", "/pic.jpg");
                TestCamera unknown = new TestCamera("snapshot:http://no_such_camera.invalid/pic.jpg")) {
            refused.awaitReason(gone.at("") + " refuses the connection");
            unknown.awaitReason("no_such_camera.invalid cannot be found (unknown host)");
        }
    }

    @Test
    void explainsWhyTlsFails() throws IOException {
        try (ServerSocket withoutTls = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> answerInPlainText(withoutTls), "without-tls");
            server.setDaemon(true);
            server.start();
            String address = "127.0.0.1:" + withoutTls.getLocalPort();
            try (TestCamera camera = new TestCamera("snapshot:https://" + address + "/pic.jpg")) {
                camera.awaitReason(address + " does not speak TLS on this port (TLS: ");
            }
        }
    }

    private static void answerInPlainText(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.getInputStream().read(new byte[1 << 14]);
                client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                client.shutdownOutput();
                client.getInputStream().readAllBytes();
            } catch (IOException e) {
                // The client has disconnected, or the test has ended; the next accept tells which.
            }
        }
    }
}
