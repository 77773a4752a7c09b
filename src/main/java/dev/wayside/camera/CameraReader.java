package dev.wayside.camera;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to read a camera, on its own thread: opens the source, passes on its pictures when they are due, and ends
 * with the reason why there are no more. A thread that hangs in native code and cannot be interrupted is abandoned.
 */
final class CameraReader {
    /** Receives the pictures, which are valid only during the call. */
    interface FrameConsumer {
        void accept(CameraReader from, AVFrame picture, double declaredRate);
    }

    private static final Logger log = LoggerFactory.getLogger(CameraReader.class);
    private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(1);
    private static final long TOO_LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final CameraSettings settings;
    private final Supplier<Duration> period;
    private final CameraUrl url;
    private final Deadline deadline;
    private final FrameConsumer consumer;
    private final Consumer<String> notices;
    private final Thread thread;
    private final CompletableFuture<CameraFailure> outcome = new CompletableFuture<>();

    /**
     * Prepares an attempt; {@link #start()} begins it.
     *
     * @param period the current time between two requests, for a source that gives one picture per request
     * @param notices receives messages about a source that continues
     */
    CameraReader(CameraSettings settings, Supplier<Duration> period, FrameConsumer consumer, Consumer<String> notices) {
        this.settings = settings;
        this.period = period;
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
        try (FrameSource source = FrameSource.open(settings, period, deadline, notices)) {
            read(source);
            outcome.complete(new CameraFailure("closed"));
        } catch (CameraFailure e) {
            outcome.complete(e);
        } catch (RuntimeException | Error e) {
            // At each attempt, but at debug level; the reason itself is logged once, as a warning.
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
                    // The first picture, or the machine slept or is too slow: continue at the source's pace from here.
                    start = now - due;
                }
                deadline.waitUntil(start + due);
            }
            deadline.restart();
            consumer.accept(this, picture, source.declaredRate());
        }
    }

    /** Waits until the attempt has ended, or until it has exceeded its deadline. */
    CameraFailure awaitEnd() throws InterruptedException {
        while (true) {
            try {
                long left = deadline.remainingNanos();
                return outcome.get(left > 0 ? left : left + CANCEL_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                deadline.wake();
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

    /** Whether its thread is still running. */
    boolean alive() {
        return thread.isAlive();
    }

    /** Waits at most this long for its thread to end. */
    void join(Duration longest) throws InterruptedException {
        thread.join(Math.max(1, longest.toMillis()));
    }
}
