package dev.wayside.camera;

import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A camera that connects by itself: FFmpeg announces the sample clip and records it to an RTSP server, 25 pictures/s. */
final class RtspPush implements AutoCloseable {
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    RtspPush(String url) {
        thread = new Thread(() -> untilItWorks(url), "rtsp-push");
        thread.start();
    }

    boolean running() {
        return thread.isAlive();
    }

    /** Retries, because the server does not listen for a while after each failure. */
    private void untilItWorks(String url) {
        boolean pushed = false;
        while (!pushed && openFor(20)) {
            pushed = Remux.sample("rtsp", url, () -> openFor(40));
        }
    }

    private boolean openFor(int milliseconds) {
        try {
            return !closing.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        await().until(() -> !thread.isAlive());
    }
}
