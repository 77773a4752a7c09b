package dev.wayside.journal.component;

import dev.wayside.frame.RightOfWay;
import java.time.Duration;

/**
 * How many events a sink gets at once: as many as it may have, but while frames are analysed a part of these, so that a
 * frame does not meet a long delivery. The part is no smaller than a distant server can bear, where each takes a while
 * however few they are. For one thread.
 */
final class BatchSizer {
    private static final int MAX_WHILE_ANALYSING = 200;
    private static final Duration MAX_YIELD = Duration.ofMillis(50);

    private final RightOfWay frames;
    private final int most;
    private boolean backlog;

    /**
     * Begins without a backlog.
     *
     * @param most events
     */
    BatchSizer(RightOfWay frames, int most) {
        this.frames = frames;
        this.most = most;
    }

    /** Lets frames pass while there is a backlog, and says how many events may be next. */
    int next() throws InterruptedException {
        if (backlog) {
            frames.yield(MAX_YIELD);
        }
        return frames.isInUse() ? Math.min(most, MAX_WHILE_ANALYSING) : most;
    }

    /** So many were there of those that were asked for. */
    void taken(int events, int asked) {
        backlog = events == asked && asked > 1;
    }
}
