package dev.wayside.journal.component;

import dev.wayside.frame.RightOfWay;
import java.time.Duration;

/**
 * How many events a sink gets at once: as many as it may have, but while frames are analysed only as many as it takes in
 * a moment, so that a frame does not meet a long delivery. For one thread.
 */
final class Portion {
    private static final Duration MOMENT = Duration.ofMillis(30);
    private static final Duration LONGEST_YIELD = Duration.ofMillis(50);
    private static final int FIRST = 100;
    private static final int LEAST = 10;

    private final RightOfWay frames;
    private final int most;
    private double quick;
    private boolean backlog;

    /**
     * Begins with as much as allowed.
     *
     * @param most events
     */
    Portion(RightOfWay frames, int most) {
        this.frames = frames;
        this.most = most;
        this.quick = Math.min(most, FIRST);
    }

    /** Lets frames pass while there is a backlog, and says how many events may be next. */
    int next() throws InterruptedException {
        if (backlog) {
            frames.yield(LONGEST_YIELD);
        }
        return frames.isInUse() && MOMENT.toMillis() > 0
                ? (int) Math.max(Math.min(LEAST, most), Math.min(most, quick))
                : most;
    }

    /** So many of that many were delivered, in so long a time. */
    void delivered(int events, int asked, Duration took) {
        backlog = events == asked;
        if (backlog) {
            double fitting = events * (double) MOMENT.toNanos() / Math.max(1, took.toNanos());
            quick = Math.min(most, Math.max(LEAST, (3 * quick + fitting) / 4));
        }
    }
}
