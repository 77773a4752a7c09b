package dev.wayside.camera;

import java.util.concurrent.TimeUnit;

/**
 * Derives from a source's timestamps when each picture is due: starting at 0, strictly increasing, and continuing
 * evenly when the source is rewound. The source's own pace replaces missing and damaged timestamps.
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

    /** Counts a picture with a timestamp. */
    void picture(long timestampMicros) {
        long due = timestampMicros + shiftMicros;
        long step = due - micros;
        if (begun && step > 0 && step <= LONGEST_STEP_MICROS) {
            periodMicros = step;
        } else {
            // The first picture, or a damaged timestamp, which must neither speed up nor freeze the video.
            due = begun ? micros + periodMicros : micros;
            shiftMicros = due - timestampMicros;
        }
        begun = true;
        sourceMicros = timestampMicros;
        micros = due;
    }

    /** Counts a picture without a timestamp. */
    void picture() {
        picture(begun ? sourceMicros + periodMicros : 0);
    }

    /** The source was rewound: its next picture is due one period after the last. */
    void rewind() {
        begun = false;
        micros += periodMicros;
    }

    /** When the last picture is due, in microseconds. */
    long micros() {
        return micros;
    }
}
