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
 * One camera that is read until it is closed. It keeps only the newest picture: a slow consumer misses pictures, but
 * never gets old ones. After a failure it retries with growing pauses until it works. The reason is in {@link
 * #status()}, and once in the log.
 *
 * <p>Files and folders of pictures are played at their own pace. Thread-safe.
 */
public final class Camera implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofMillis(1500);
    private static final int MOST_HANGING = 3;

    private final CameraSettings settings;
    private volatile Duration period;
    private final FrameSlot slot = new FrameSlot();
    private final StatusKeeper keeper;
    private final Backoff backoff;
    private final Thread supervisor;
    private final List<CameraReader> hanging = new ArrayList<>();
    private CameraReader reader;
    private boolean started;
    private boolean closed;

    /**
     * Makes a camera that is not started yet.
     *
     * @param settings its name, its source and its timeouts
     */
    public Camera(CameraSettings settings) {
        this.settings = settings;
        this.period = settings.period();
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
     * Starts reading in the background; returns at once.
     *
     * @throws IllegalStateException if it has already been started or closed
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
     * The newest picture, unless it was taken before; empty while the camera fails.
     *
     * @return a frame that the caller must close
     */
    public Optional<VideoFrame> takeNewest() {
        return slot.take();
    }

    /** Changes the time between two requests of a source that gives one picture per request; other sources ignore it. */
    void setPeriod(Duration other) {
        period = other;
    }

    /** How many pictures were taken by {@link #takeNewest()} since the start. */
    public long taken() {
        return slot.taken();
    }

    /** How many pictures nobody took before a newer one arrived, since the start. */
    public long skipped() {
        return slot.replaced();
    }

    /** How long ago the newest picture arrived, by the monotonic clock; empty before the first. */
    public Optional<Duration> frameAge() {
        return keeper.frameAge();
    }

    /** The camera's current status. */
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
            // Only close() interrupts this thread.
        }
    }

    /** Reads until it fails; returns the reason. */
    private String attempt() throws InterruptedException {
        hanging.removeIf(old -> !old.alive());
        if (hanging.size() >= MOST_HANGING) {
            return MOST_HANGING + " attempts hang in the driver or the file system and cannot be interrupted";
        }
        CameraReader attempt = new CameraReader(settings, () -> period, this::publish, keeper::notice);
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
        // An abandoned thread that resumes must not mix its pictures with those of the current one.
        if (from == reader && !closed) {
            backoff.reset();
            Presentation shown = Presentation.of(picture);
            long number = keeper.frame(shown.width(), shown.height(), declaredRate);
            slot.put(VideoFrame.reference(picture, Instant.now(), number));
        }
    }

    /** Stops reading; returns within 2 s, even if the source hangs. */
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
