package dev.wayside.frame;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Gives frames priority over backlogs. A sink that drains a backlog waits while a frame is analysed, and before a frame
 * that is due before the sink's next batch would be done. It waits only for a limited time, so that it does not starve if
 * frames leave no gap. Thread-safe.
 */
public final class RightOfWay {
    private static final long IN_USE = Duration.ofSeconds(2).toNanos();
    /** A timer is rarely later than this. A frame that has not come by then may not come at all. */
    private static final long LATEST = Duration.ofMillis(5).toNanos();

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LongSupplier nanoTime;
    private final Map<String, Rhythm> rhythms = new HashMap<>();
    private int frames;
    private volatile long lastFrame;

    /** Starts without frames. */
    public RightOfWay() {
        this(System::nanoTime);
    }

    /**
     * Starts without frames.
     *
     * @param nanoTime {@link System#nanoTime()}, or a test's clock
     */
    RightOfWay(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastFrame = nanoTime.getAsLong() - IN_USE;
    }

    /**
     * Marks the start of the analysis of a frame, which lasts until {@link #leave()}.
     *
     * @param camera whose frames come at regular intervals
     */
    public synchronized void enter(String camera) {
        frames++;
        long now = nanoTime.getAsLong();
        lastFrame = now;
        rhythms.compute(
                camera, (name, before) -> before == null ? new Rhythm(now, 0) : new Rhythm(now, now - before.last));
    }

    /** Marks the end of the analysis of a frame. */
    public synchronized void leave() {
        frames--;
        notifyAll();
    }

    /** Whether there was a frame in the last two seconds. */
    public boolean isInUse() {
        return nanoTime.getAsLong() - lastFrame < IN_USE;
    }

    /**
     * Waits for a gap between frames: until no frame is being analysed, and none is due within the time needed. A need
     * longer than the interval of the frames never fits, so only the frame in analysis is waited for then.
     *
     * @param needed the expected duration of what follows
     * @param longest the maximum time to wait
     */
    public synchronized void yield(Duration needed, Duration longest) throws InterruptedException {
        long now = nanoTime.getAsLong();
        long end = now + longest.toNanos();
        while (end - now > 0) {
            long free = frames > 0 ? end : free(now, needed.toNanos());
            if (free - now <= 0) {
                return;
            }
            wait(Math.min(free - now, end - now) / NANOS_PER_MILLI + 1);
            now = nanoTime.getAsLong();
        }
    }

    /** When the frames that are due too soon must have come; now, if there is none. */
    private long free(long now, long needed) {
        return rhythms.values().stream()
                .filter(rhythm -> rhythm.isDue(now, needed))
                .mapToLong(rhythm -> rhythm.due() + LATEST)
                .max()
                .orElse(now);
    }

    private record Rhythm(long last, long interval) {
        long due() {
            return last + interval;
        }

        boolean isDue(long now, long needed) {
            return needed < interval && now + needed - due() > 0 && due() + LATEST - now > 0;
        }
    }
}
