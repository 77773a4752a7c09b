package dev.wayside.live;

import dev.wayside.access.AccessSettings;
import dev.wayside.access.PageAccess;
import dev.wayside.frame.VideoFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.main.Main;
import org.awaitility.Awaitility;

/** The real page on Camel's real server, with frames of the sample clip and known boxes. */
final class LiveServer implements AutoCloseable {
    final LiveView live;
    final int port;
    private final AtomicBoolean frames = new AtomicBoolean(true);
    final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Main main = new Main();
    private final ScheduledExecutorService flow = Executors.newSingleThreadScheduledExecutor();
    private final SampleFrames clip = new SampleFrames();
    private volatile long sequence;

    LiveServer(int port, LiveLimits limits, Supplier<Map<String, Object>> status, String... cameras) throws Exception {
        this(port, limits, status, main -> {}, cameras);
    }

    /** As above; {@code more} prepares what Camel has beside the page. */
    LiveServer(
            int port, LiveLimits limits, Supplier<Map<String, Object>> status, Consumer<Main> more, String... cameras)
            throws Exception {
        this.port = port;
        this.live = new LiveView(List.of(cameras), 80);
        main.addInitialProperty("camel.main.name", "live-page-test");
        main.addInitialProperty("camel.server.enabled", "true");
        main.addInitialProperty("camel.server.host", "127.0.0.1");
        main.addInitialProperty("camel.server.port", String.valueOf(port));
        main.bind("pageAccess", new PageAccess(access(), line -> {}));
        main.bind("livePage", new LivePage(live, port, status, limits));
        more.accept(main);
        main.start();
        long period = Duration.ofMillis(100).toMillis();
        flow.scheduleAtFixedRate(this::step, 0, period, TimeUnit.MILLISECONDS);
    }

    /** As on a machine where nobody has set a password. */
    private static AccessSettings access() {
        return new AccessSettings(
                "127.0.0.1",
                "pi-01",
                List.of(),
                Path.of("target", "no-password"),
                Optional.empty(),
                "",
                "",
                Duration.ofHours(1));
    }

    private void step() {
        try {
            if (frames.get()) {
                sequence = sequence + 1;
                try (VideoFrame frame = clip.next()) {
                    for (String camera : live.cameras()) {
                        live.event(camera, Boxes.carAndPersonEvent(camera, sequence));
                        live.publish(camera, frame, Boxes.carAndPerson());
                    }
                }
            }
        } catch (Exception | LinkageError e) {
            failure.compareAndSet(null, e);
        }
    }

    /** Stops the camera: after this call no more frames follow. */
    void stopFrames() throws Exception {
        frames.set(false);
        flow.submit(() -> {}).get();
    }

    /** How many frames each camera has delivered, including the current one. */
    long published() {
        return sequence;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() throws IOException {
        main.stop();
        flow.shutdown();
        Awaitility.await().until(flow::isTerminated);
        live.close();
        clip.close();
        if (failure.get() != null) {
            throw new IllegalStateException("the flow of the test failed", failure.get());
        }
    }
}
