package dev.wayside.camera;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at a camera, on a thread of its own: opens the source, hands on its pictures when they are due, and ends
 * with the reason why there are no more. A thread that hangs in native code where nothing can wake it is left behind.
 */
final class CameraReader {
    /** Takes the pictures; they are valid during the call. */
    interface FrameConsumer {
        void accept(CameraReader from, AVFrame picture, double declaredRate);
    }

    private static final Logger log = LoggerFactory.getLogger(CameraReader.class);
    private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(1);
    private static final long TOO_LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final CameraSettings settings;
    private final CameraUrl url;
    private final Deadline deadline;
    private final FrameConsumer consumer;
    private final Consumer<String> notices;
    private final Thread thread;
    private final CompletableFuture<CameraFailure> outcome = new CompletableFuture<>();

    /**
     * Reads the source that these settings name, and hands on what it decodes.
     *
     * @param notices takes what is to be said about a source that goes on
     */
    CameraReader(CameraSettings settings, FrameConsumer consumer, Consumer<String> notices) {
        this.settings = settings;
        this.notices = notices;
        this.url = settings.url();
        this.deadline = new Deadline(settings.stallTimeout());
        this.consumer = Objects.requireNonNull(consumer);
        this.thread = new Thread(this::run, "camera-" + settings.name() + "-reader");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try (FrameSource source = FrameSource.open(settings, deadline, notices)) {
            read(source);
            outcome.complete(new CameraFailure("closed"));
        } catch (CameraFailure e) {
            outcome.complete(e);
        } catch (RuntimeException | Error e) {
            // With every attempt; the reason itself is a warning, once.
            log.debug("reading {} failed", url, e);
            outcome.complete(new CameraFailure("internal error: " + e));
        }
    }

    private void read(FrameSource source) throws CameraFailure {
        deadline.restart();
        long start = Long.MIN_VALUE;
        while (!deadline.cancelled()) {
            AVFrame picture = source.next();
            if (!url.kind().live()) {
                long due = source.timestampMicros() * 1000;
                long now = System.nanoTime();
                if (start == Long.MIN_VALUE || now - start - due > TOO_LATE_NANOS) {
                    // The first picture, or a machine that slept or is too slow: from here at the source's pace again.
                    start = now - due;
                }
                deadline.waitUntil(start + due);
            }
            deadline.restart();
            consumer.accept(this, picture, source.declaredRate());
        }
    }

    /** Waits until the attempt has ended, and no longer when it hangs beyond its deadline. */
    CameraFailure awaitEnd() throws InterruptedException {
        while (true) {
            try {
                return outcome.get(deadline.remainingNanos() + CANCEL_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (deadline.remainingNanos() + CANCEL_TIMEOUT.toNanos() <= 0) {
                    return new CameraFailure(Reasons.stalled(url, deadline.timeout(), false));
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("a camera's reader never ends in an exception", e);
            }
        }
    }

    /** Ends the attempt; returns at once. */
    void cancel() {
        deadline.cancel();
        LockSupport.unpark(thread);
    }

    /** Whether its thread has not ended yet. */
    boolean alive() {
        return thread.isAlive();
    }

    /** Waits a while for its thread to end. */
    void join(Duration longest) throws InterruptedException {
        thread.join(Math.max(1, longest.toMillis()));
    }
}
