package dev.wayside.camera;

import java.util.concurrent.TimeUnit;

/**
 * When each picture of a source is due, from the timestamps in it: beginning at 0, rising, and going on evenly when the
 * source begins anew. Missing and damaged timestamps are replaced by the source's own pace.
 */
final class SourceClock {
    private static final double FALLBACK_RATE = 25;
    private static final long LONGEST_STEP_MICROS = TimeUnit.SECONDS.toMicros(10);

    private long periodMicros;
    private boolean begun;
    private long shiftMicros;
    private long sourceMicros;
    private long micros;

    /**
     * Makes a clock at 0.
     *
     * @param declaredRate pictures per second; 0 if the source does not declare it
     */
    SourceClock(double declaredRate) {
        periodMicros = Math.round(1e6 / (declaredRate > 0 ? declaredRate : FALLBACK_RATE));
    }

    /** A picture with a timestamp. */
    void picture(long timestampMicros) {
        long due = timestampMicros + shiftMicros;
        long step = due - micros;
        if (begun && step > 0 && step <= LONGEST_STEP_MICROS) {
            periodMicros = step;
        } else {
            // The first; or a damaged timestamp, which must neither hurry nor freeze the picture.
            due = begun ? micros + periodMicros : micros;
            shiftMicros = due - timestampMicros;
        }
        begun = true;
        sourceMicros = timestampMicros;
        micros = due;
    }

    /** A picture without a timestamp. */
    void picture() {
        picture(begun ? sourceMicros + periodMicros : 0);
    }

    /** The source begins anew: its next picture is due one period after the last. */
    void rewind() {
        begun = false;
        micros += periodMicros;
    }

    /** When the last picture is due, microseconds. */
    long micros() {
        return micros;
    }
}
