package dev.wayside.camera;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.wayside.camera.CameraStatus.State;
import dev.wayside.frame.VideoFrame;
import dev.wayside.servers.Programs;
import java.awt.Color;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CameraHttpIT {
    @Test
    void readsMotionJpeg() {
        try (MjpegServer server = new MjpegServer();
                TestCamera camera = new TestCamera(server.url("/stream"))) {
            try (VideoFrame frame = camera.takeNext()) {
                assertEquals(160, frame.width());
                assertEquals(120, frame.height());
            }
            camera.awaitFrames(40);
            camera.awaitFps(25, 8);
            assertEquals(1, server.requests());
        }
    }

    @Test
    void readsPngsInAMultipartStream() {
        try (MjpegServer server = new MjpegServer()) {
            server.send("image/png", Pictures.encoded("png", 80, 60, Color.BLUE));
            try (TestCamera camera = new TestCamera(server.url("/stream"))) {
                try (VideoFrame frame = camera.takeNext()) {
                    assertEquals(80, frame.width());
                }
                camera.awaitFrames(20);
                assertEquals(1, server.requests());
            }
        }
    }

    @Test
    void namesTheContentTypeOfPartsThatItCannotShow() {
        try (MjpegServer server = new MjpegServer()) {
            server.send("image/webp", "RIFF    WEBP".getBytes(StandardCharsets.US_ASCII));
            try (TestCamera camera = new TestCamera(server.url("/stream"), TestCamera.STALLS_SOON)) {
                camera.awaitReason("127.0.0.1:" + server.port() + " sends a multipart stream of image/webp; only"
                        + " image/jpeg and image/png are supported");
            }
        }
    }

    @Test
    void recoversWhenTheServerDoes() {
        try (LogCapture log = new LogCapture()) {
            MjpegServer first = new MjpegServer(Programs.freePort());
            try (TestCamera camera = new TestCamera(first.url("/stream"))) {
                camera.awaitFrames(5);
                first.close();
                CameraStatus refused = camera.awaitReason("127.0.0.1:" + first.port() + " refuses the connection");
                assertEquals(State.FAILED, refused.state());
                assertEquals(0, refused.fps());
                assertTrue(camera.camera.takeNewest().isEmpty(), "an old picture is worse than none");
                long before = camera.status().frames();
                try (MjpegServer second = new MjpegServer(first.port())) {
                    camera.awaitFrames(5);
                    assertEquals(State.RUNNING, camera.status().state());
                    assertEquals(1, camera.status().reconnects());
                    assertTrue(camera.status().frames() > before);
                    assertEquals(second.port(), first.port());
                }
            }
            List<String> warnings = log.at(Level.WARN);
            assertEquals(warnings.stream().distinct().toList(), warnings, "each reason once");
            assertEquals(2, log.at(Level.INFO).size(), log.all());
            assertTrue(log.at(Level.INFO).get(1).contains("pictures are back, 160x120"), log.all());
        }
    }

    @Test
    void detectsAServerThatKeepsTheConnectionButSendsNothing() {
        try (MjpegServer server = new MjpegServer();
                TestCamera camera = new TestCamera(server.url("/stream"), TestCamera.STALLS_SOON)) {
            camera.awaitFrames(5);
            server.silent(true);
            camera.awaitReason("stalled: no new picture from " + server.url("/stream") + " for 1.5 s");
            server.silent(false);
            camera.awaitReconnects(1);
        }
    }

    @Test
    void detectsAServerThatSendsGarbage() {
        try (MjpegServer server = new MjpegServer();
                TestCamera camera = new TestCamera(server.url("/stream"), TestCamera.STALLS_SOON)) {
            camera.awaitFrames(5);
            server.broken(true);
            camera.awaitReason("sends data, but no picture in the data could be decoded for 1.5 s");
            server.broken(false);
            camera.awaitReconnects(1);
        }
    }

    @Test
    void closesAtOnceWhileTheServerIsSilent() {
        try (MjpegServer server = new MjpegServer()) {
            server.silent(true);
            // If the reader were not woken, each close would take 1.5 s; a busy machine is slow only occasionally.
            await().atMost(TestCamera.PATIENCE)
                    .until(() -> timeToClose(server), took -> took.compareTo(Duration.ofSeconds(1)) < 0);
        }
    }

    private static Duration timeToClose(MjpegServer server) {
        int before = server.requests();
        TestCamera camera = new TestCamera(server.url("/stream"));
        await().atMost(TestCamera.PATIENCE).until(() -> server.requests() > before);
        long begin = System.nanoTime();
        camera.close();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertEquals(State.STOPPED, camera.status().state());
        return took;
    }

    @Test
    void authenticatesAndRevealsNoCredentials() {
        try (LogCapture log = new LogCapture();
                MjpegServer server = new MjpegServer();
                TestCamera right = new TestCamera(server.url("/locked").replace("http://", "http://admin:hunter2@"));
                TestCamera wrong = new TestCamera(server.url("/locked").replace("http://", "http://admin:swordfish@"));
                TestCamera none = new TestCamera(server.url("/locked"))) {
            right.awaitFrames(3);
            wrong.awaitReason("127.0.0.1:" + server.port() + " does not accept the user, password or key (401)");
            none.awaitReason("asks for a user and a password (401)");
            assertEquals(
                    "http://***@127.0.0.1:" + server.port() + "/locked",
                    wrong.status().url());
            // FFmpeg's own words are in the log, too, from the camera's thread.
            await().atMost(TestCamera.PATIENCE).until(() -> log.all().contains("ffmpeg: "));
            String everything = log.all() + right.status() + wrong.status() + none.status();
            assertFalse(everything.contains("hunter2"), everything);
            assertFalse(everything.contains("swordfish"), everything);
            assertFalse(everything.contains("admin"), everything);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/nothing, has nothing at this path (404)",
        "/forbidden, denies access (403): this user may not see the stream",
        "/broken, has an internal error (5xx)",
        "/text, 'answers, but not with a video'",
    })
    void reportsTheServersAnswer(String path, String reason) {
        try (MjpegServer server = new MjpegServer();
                TestCamera camera = new TestCamera(server.url(path))) {
            camera.awaitReason(reason);
        }
    }

    @Test
    void sendsOneRequestPerAttempt() {
        try (MjpegServer server = new MjpegServer();
                Camera camera = new Camera(new CameraSettings(
                        "front",
                        CameraUrl.parse(
                                server.url("/unauthorized").replace("http://", "http://admin:hunter2@"),
                                TestCamera.HOME),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1)))) {
            camera.start();
            await().atMost(TestCamera.PATIENCE).until(() -> camera.status().state() == State.FAILED);
            // Cameras lock accounts after a few wrong passwords.
            assertEquals(1, server.requests());
        }
    }

    @Test
    void anUnknownHostIsReported() {
        try (TestCamera camera = new TestCamera("http://no-such-camera.invalid/stream")) {
            camera.awaitReason("no-such-camera.invalid cannot be found (unknown host)");
        }
    }

    @Test
    void severalCamerasCloseTogether() {
        try (MjpegServer server = new MjpegServer()) {
            server.silent(true);
            // One after the other, and not woken, they would take 4.5 s each time.
            await().atMost(TestCamera.PATIENCE)
                    .until(() -> timeToCloseThree(server), took -> took.compareTo(Duration.ofSeconds(1)) < 0);
        }
    }

    private static Duration timeToCloseThree(MjpegServer server) {
        int before = server.requests();
        Cameras cameras = new Cameras(List.of(
                CameraSettings.of("one", CameraUrl.parse(server.url("/stream"), TestCamera.HOME)),
                CameraSettings.of("two", CameraUrl.parse(server.url("/stream"), TestCamera.HOME)),
                CameraSettings.of("three", CameraUrl.parse("sample", TestCamera.HOME))));
        cameras.start();
        await().atMost(TestCamera.PATIENCE)
                .until(() -> server.requests() >= before + 2
                        && cameras.get("three").status().running());
        long begin = System.nanoTime();
        cameras.close();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        cameras.all()
                .forEach(camera -> assertEquals(State.STOPPED, camera.status().state()));
        return took;
    }
}
