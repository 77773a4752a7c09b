package dev.wayside.metrics;

import dev.wayside.status.RateMeter;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Counts the analysed frames of one camera. Thread-safe. */
public final class FrameMeter {
    private final FrameMeters all;
    private final LongSupplier nanoTime;
    private final Counter analysed;
    private final RateMeter rate = new RateMeter();

    FrameMeter(FrameMeters all, LongSupplier nanoTime, Counter analysed) {
        this.all = all;
        this.nanoTime = nanoTime;
        this.analysed = analysed;
    }

    /**
     * Counts a frame that has just been analysed.
     *
     * @param inference the time that the interpreter alone took
     */
    public void analysed(Duration inference) {
        analysed.increment();
        all.inference(inference);
        synchronized (rate) {
            rate.count(nanoTime.getAsLong());
        }
    }

    /** Analysed frames per second over the last few seconds, to one decimal. */
    public double perSecond() {
        synchronized (rate) {
            return Math.round(rate.perSecond(nanoTime.getAsLong()) * 10) / 10.0;
        }
    }
}
