package dev.wayside.camera;

import static org.awaitility.Awaitility.await;

import dev.wayside.frame.VideoFrame;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A camera that retries every 50 to 300 ms. */
final class TestCamera implements AutoCloseable {
    static final Path HOME = Path.of("").toAbsolutePath();
    static final Duration PATIENCE = Duration.ofSeconds(30);
    /** For tests of stalls only: with it, another test might stall on a busy machine. */
    static final Duration STALLS_SOON = Duration.ofMillis(1500);

    static final Duration SNAPSHOT_PERIOD = Duration.ofMillis(50);

    final Camera camera;

    /** With the default stall timeout. */
    TestCamera(String url) {
        this(url, Duration.ofSeconds(10));
    }

    /** With this stall timeout. */
    TestCamera(String url, Duration stallTimeout) {
        camera = new Camera(new CameraSettings(
                "front",
                CameraUrl.parse(url, HOME),
                SNAPSHOT_PERIOD,
                stallTimeout,
                Duration.ofMillis(50),
                Duration.ofMillis(300)));
        camera.start();
    }

    /**
     * Requests snapshots from this server.
     *
     * @param user as in a URL, with the {@code @}; may be empty
     */
    static TestCamera snapshot(RawHttpServer server, String user, String path) {
        return new TestCamera("snapshot:http://" + user + server.at(path));
    }

    /** Only the source, without thread and pace. */
    static FrameSource open(String url, Deadline deadline) throws CameraFailure {
        CameraSettings settings = CameraSettings.of("front", CameraUrl.parse(url, HOME));
        return FrameSource.open(settings, settings::period, deadline, notice -> {});
    }

    /** The next frame, once there is one; the caller closes it. */
    VideoFrame takeNext() {
        return await("a frame")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(camera::takeNewest, Optional::isPresent)
                .orElseThrow();
    }

    CameraStatus status() {
        return camera.status();
    }

    /** Waits until the reason contains these words; returns the status at that moment. */
    CameraStatus awaitReason(String words) {
        return await("reason with: " + words)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(this::status, status -> String.valueOf(status.reason()).contains(words));
    }

    /** Waits until the measured rate is this one; on a busy machine, it may be lower for a while. */
    void awaitFps(double fps, double tolerance) {
        await(fps + " frames/s")
                .atMost(PATIENCE)
                .until(() -> status().fps(), measured -> Math.abs(measured - fps) <= tolerance);
    }

    void awaitFrames(long frames) {
        long wanted = status().frames() + frames;
        await(frames + " more frames").atMost(PATIENCE).until(() -> status().frames() >= wanted);
    }

    void awaitReconnects(long reconnects) {
        await(reconnects + " reconnects").atMost(PATIENCE).until(() -> status().reconnects() >= reconnects);
    }

    @Override
    public void close() {
        camera.close();
    }
}
