package dev.wayside.camera;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.wayside.camera.CameraStatus.State;
import dev.wayside.servers.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CameraRtspIT {
    private static H264Clip clip;

    @BeforeAll
    static void readClip() throws CameraFailure {
        FFmpegLibraries.load();
        clip = H264Clip.read(TestCamera.HOME.resolve("samples/street.mp4"));
    }

    @Test
    void readsH264OverTcp() {
        try (LogCapture log = new LogCapture();
                RtspServer server = new RtspServer(clip, 0)) {
            try (TestCamera camera = new TestCamera(server.url(""))) {
                camera.awaitFrames(60);
                assertEquals(640, camera.status().width());
                camera.awaitFps(25, 8);
                assertEquals(0, camera.status().reconnects());
                assertEquals(1, log.at(Level.INFO).size(), log.all());
                assertTrue(log.at(Level.INFO).get(0).startsWith("camera front: 640x480"), log.all());
                assertTrue(log.at(Level.WARN).isEmpty(), log.all());
            }
        }
    }

    @Test
    void recoversWhenTheCameraDoes() throws IOException {
        RtspServer first = new RtspServer(clip, Programs.freePort());
        try (LogCapture log = new LogCapture();
                TestCamera camera = new TestCamera(first.url("admin:hunter2@"))) {
            camera.awaitFrames(5);
            first.dropClients();
            camera.awaitReconnects(1);
            first.close();
            camera.awaitReason("127.0.0.1:" + first.port() + " refuses the connection");
            assertTrue(camera.camera.takeNewest().isEmpty());
            try (RtspServer second = new RtspServer(clip, first.port())) {
                camera.awaitReconnects(2);
                camera.awaitFrames(5);
                assertEquals(State.RUNNING, camera.status().state());
                assertEquals(first.port(), second.port());
            }
            List<String> warnings = log.at(Level.WARN);
            assertEquals(warnings.stream().distinct().toList(), warnings, "each reason once");
            assertFalse(log.all().contains("hunter2"), log.all());
        }
    }

    @Test
    void detectsACameraThatFreezes() {
        try (RtspServer server = new RtspServer(clip, 0);
                TestCamera camera = new TestCamera(server.url(""), TestCamera.STALLS_SOON)) {
            camera.awaitFrames(5);
            server.silent(true);
            camera.awaitReason("for 1.5 s");
            server.silent(false);
            camera.awaitReconnects(1);
        }
    }

    @Test
    void closesAtOnceWhileTheCameraIsFrozen() {
        try (RtspServer server = new RtspServer(clip, 0)) {
            TestCamera camera = new TestCamera(server.url(""));
            camera.awaitFrames(5);
            server.silent(true);
            long begin = System.nanoTime();
            camera.close();
            assertTrue(System.nanoTime() - begin < Duration.ofSeconds(10).toNanos());
            await("the camera is told").atMost(TestCamera.PATIENCE).until(() -> server.teardowns() == 1);
        }
    }

    @Test
    void authenticatesAndRevealsNoCredentials() {
        try (LogCapture log = new LogCapture();
                RtspServer server = new RtspServer(clip, 0, "admin", "hun:ter2");
                TestCamera right = new TestCamera(server.url("admin:hun%3Ater2@"));
                TestCamera wrong = new TestCamera(server.url("admin:swordfish@"));
                TestCamera none = new TestCamera(server.url(""))) {
            right.awaitFrames(3);
            wrong.awaitReason("127.0.0.1:" + server.port() + " does not accept the user, password or key (401)");
            none.awaitReason("asks for a user and a password");
            String everything = log.all() + right.status() + wrong.status() + none.status();
            assertFalse(everything.contains("ter2"), everything);
            assertFalse(everything.contains("swordfish"), everything);
            assertFalse(everything.contains("admin"), everything);
        }
    }

    @Test
    void detectsAServerThatNeverAnswers() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                TestCamera camera =
                        new TestCamera("rtsp://127.0.0.1:" + mute.getLocalPort() + "/live", TestCamera.STALLS_SOON)) {
            camera.awaitReason("no answer from rtsp://127.0.0.1:" + mute.getLocalPort() + "/live within 1.5 s");
        }
    }

    @Test
    void detectsAServerThatClosesTheConnection() throws IOException {
        try (ServerSocket rude = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                TestCamera camera = new TestCamera("rtsp://127.0.0.1:" + rude.getLocalPort() + "/live")) {
            try (Socket client = rude.accept()) {
                assertTrue(client.getInputStream().read() >= 0);
            }
            camera.awaitReason("127.0.0.1:" + rude.getLocalPort());
        }
    }

    @Test
    void waitsForACameraThatPushes() throws Exception {
        int port = Programs.freePort();
        try (TestCamera camera =
                new TestCamera("rtsp://127.0.0.1:" + port + "/live#listen=true", TestCamera.STALLS_SOON)) {
            camera.awaitReason("no camera has connected");
            try (RtspPush push = new RtspPush("rtsp://127.0.0.1:" + port + "/live")) {
                camera.awaitFrames(20);
                assertEquals(640, camera.status().width());
                assertTrue(push.running());
            }
            camera.awaitReason("closed the connection");
            try (RtspPush again = new RtspPush("rtsp://127.0.0.1:" + port + "/live")) {
                camera.awaitReconnects(1);
                camera.awaitFrames(5);
                assertTrue(again.running());
            }
        }
    }
}
