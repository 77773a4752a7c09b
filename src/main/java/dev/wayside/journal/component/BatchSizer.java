package dev.wayside.journal.component;

import dev.wayside.frame.RightOfWay;
import java.time.Duration;

/**
 * Limits the size of a sink's batches: normally its maximum, but fewer while frames are analysed, so that a frame is
 * not delayed by a long delivery. The lower limit is still large enough for a distant server, where each batch takes a
 * round trip whatever its size. For one thread.
 */
final class BatchSizer {
    private static final int MAX_WHILE_ANALYSING = 200;
    private static final Duration MAX_YIELD = Duration.ofMillis(50);

    private final RightOfWay frames;
    private final int most;
    private boolean backlog;
    /** How long a batch takes, rather too long than too short. */
    private Duration expected = Duration.ZERO;

    /**
     * Starts without a backlog.
     *
     * @param most the maximum number of events in a batch
     */
    BatchSizer(RightOfWay frames, int most) {
        this.frames = frames;
        this.most = most;
    }

    /**
     * Returns the maximum size of the next batch. While there is a backlog, it first waits a moment for a gap between
     * frames that is long enough for a batch.
     */
    int next() throws InterruptedException {
        if (backlog) {
            frames.yield(expected, MAX_YIELD);
        }
        return frames.isInUse() ? Math.min(most, MAX_WHILE_ANALYSING) : most;
    }

    /** Reports how many of the requested events there were. */
    void taken(int events, int asked) {
        backlog = events == asked && asked > 1;
    }

    /** Reports how long the delivery of a batch took. */
    void took(Duration batch) {
        Duration faded = expected.multipliedBy(3).dividedBy(4);
        expected = batch.compareTo(faded) > 0 ? batch : faded;
    }
}
