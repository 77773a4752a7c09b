package dev.wayside.status;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The current number of analysed frames per second, and the latest inference time. Thread-safe. */
public final class Pace {
    private static final long WINDOW = Duration.ofSeconds(10).toNanos();

    private final LongSupplier nanoTime;
    private final Map<String, Deque<Long>> marks = new ConcurrentHashMap<>();
    private volatile double inferenceMillis;

    /**
     * @param nanoTime {@link System#nanoTime()}, or a test's clock
     */
    public Pace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Records that a frame of this camera has just been analysed. */
    public void mark(String camera, double inferenceMillis) {
        this.inferenceMillis = inferenceMillis;
        Deque<Long> times = marks.computeIfAbsent(camera, name -> new ArrayDeque<>());
        synchronized (times) {
            times.addLast(nanoTime.getAsLong());
            forgetOld(times);
        }
    }

    /** Frames per second over the last ten seconds, to one decimal; 0 when there were fewer than two. */
    public double perSecond(String camera) {
        Deque<Long> times = marks.getOrDefault(camera, new ArrayDeque<>());
        synchronized (times) {
            forgetOld(times);
            if (times.size() < 2) {
                return 0;
            }
            double seconds = (times.getLast() - times.getFirst()) / 1e9;
            return Math.round(10 * (times.size() - 1) / seconds) / 10.0;
        }
    }

    /** The inference time of the latest frame of any camera, in milliseconds to one decimal. */
    public double inferenceMillis() {
        return Math.round(inferenceMillis * 10) / 10.0;
    }

    private void forgetOld(Deque<Long> times) {
        long oldest = nanoTime.getAsLong() - WINDOW;
        while (!times.isEmpty() && times.getFirst() < oldest) {
            times.removeFirst();
        }
    }
}
