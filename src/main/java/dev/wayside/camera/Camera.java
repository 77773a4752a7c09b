package dev.wayside.camera;

import dev.wayside.frame.Presentation;
import dev.wayside.frame.VideoFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * One camera that is read for ever. Only the newest picture is kept; whoever is slow misses pictures, never gets old ones.
 * Whatever fails is tried again with growing pauses until it works; the reason stands in {@link #status()} and once in the
 * log.
 *
 * <p>Files and folders of pictures are shown at their own pace. Thread-safe.
 */
public final class Camera implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofMillis(1500);
    private static final int MOST_HANGING = 3;

    private final CameraSettings settings;
    private final FrameSlot slot = new FrameSlot();
    private final StatusKeeper keeper;
    private final Backoff backoff;
    private final Thread supervisor;
    private final List<CameraReader> hanging = new ArrayList<>();
    private CameraReader reader;
    private boolean started;
    private boolean closed;

    /**
     * Makes a camera without starting it.
     *
     * @param settings its name, source and patience
     */
    public Camera(CameraSettings settings) {
        this.settings = settings;
        this.keeper = new StatusKeeper(settings, System::nanoTime);
        this.backoff = new Backoff(settings.retryMin(), settings.retryMax(), new Random());
        this.supervisor = new Thread(this::supervise, "camera-" + settings.name());
        supervisor.setDaemon(true);
    }

    /** The camera's name. */
    public String name() {
        return settings.name();
    }

    /**
     * Begins to read; returns at once.
     *
     * @throws IllegalStateException if it was started or closed before
     */
    public synchronized void start() {
        if (started || closed) {
            throw new IllegalStateException("camera " + name() + " can be started only once");
        }
        started = true;
        keeper.starting();
        supervisor.start();
    }

    /**
     * The newest picture, if it was not taken before. Nothing is handed out while the camera fails.
     *
     * @return a frame that the caller must close
     */
    public Optional<VideoFrame> takeNewest() {
        return slot.take();
    }

    /**
     * Waits until {@link #takeNewest()} has something.
     *
     * @param longest how long to wait
     * @return whether there is a picture; false also when the camera is closed
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public boolean awaitFrame(Duration longest) throws InterruptedException {
        return slot.await(longest.toNanos());
    }

    /** How the camera is doing right now. */
    public CameraStatus status() {
        return keeper.status();
    }

    private void supervise() {
        try {
            while (true) {
                String reason = attempt();
                Duration pause;
                synchronized (this) {
                    reader = null;
                    slot.clear();
                    if (closed) {
                        return;
                    }
                    pause = backoff.pause();
                }
                keeper.failed(reason, pause);
                Thread.sleep(pause.toMillis(), pause.toNanosPart() % 1_000_000);
            }
        } catch (InterruptedException e) {
            // The camera is being closed: nobody else has this thread.
        }
    }

    /** Reads until it fails, and says why it did. */
    private String attempt() throws InterruptedException {
        hanging.removeIf(old -> !old.alive());
        if (hanging.size() >= MOST_HANGING) {
            return MOST_HANGING + " attempts hang in the driver or the file system, and nothing can wake them";
        }
        CameraReader attempt = new CameraReader(settings, this::publish, keeper::notice);
        synchronized (this) {
            if (closed) {
                return "closed";
            }
            reader = attempt;
            attempt.start();
        }
        CameraFailure failure = attempt.awaitEnd();
        if (attempt.alive()) {
            attempt.cancel();
            hanging.add(attempt);
        }
        return failure.getMessage();
    }

    private synchronized void publish(CameraReader from, AVFrame picture, double declaredRate) {
        // A thread that had been given up for lost must not mix its pictures with those of the present one.
        if (from == reader && !closed) {
            backoff.reset();
            Presentation shown = Presentation.of(picture);
            long number = keeper.frame(shown.width(), shown.height(), declaredRate);
            slot.put(VideoFrame.reference(picture, Instant.now(), number));
        }
    }

    /** Stops reading; returns within 2 s, also when the source hangs. */
    @Override
    public void close() {
        CameraReader last;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            last = reader;
        }
        supervisor.interrupt();
        try {
            if (last != null) {
                last.cancel();
                last.join(CLOSE_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            slot.close();
            keeper.stopped();
        }
    }
}
