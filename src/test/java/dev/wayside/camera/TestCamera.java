package dev.wayside.camera;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;

/** A camera with little patience: it stalls after 1.5 s and tries again every 50 to 300 ms. */
final class TestCamera implements AutoCloseable {
    static final Path HOME = Path.of("").toAbsolutePath();
    static final Duration PATIENCE = Duration.ofSeconds(15);

    final Camera camera;

    TestCamera(String url) {
        camera = new Camera(new CameraSettings(
                "front",
                CameraUrl.parse(url, HOME),
                Duration.ofMillis(1500),
                Duration.ofMillis(50),
                Duration.ofMillis(300)));
        camera.start();
    }

    CameraStatus status() {
        return camera.status();
    }

    /** Waits until the reason holds these words. */
    void awaitReason(String words) {
        await("reason with: " + words)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> String.valueOf(status().reason()), reason -> reason.contains(words));
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
