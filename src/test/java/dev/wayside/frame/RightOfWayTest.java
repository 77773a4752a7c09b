package dev.wayside.frame;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RightOfWayTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final long MILLIS = 1_000_000;

    private final RightOfWay frames = new RightOfWay();
    private final AtomicLong clock = new AtomicLong();
    private final RightOfWay rhythmic = new RightOfWay(clock::get);

    @Test
    void aBacklogWaitsForTheLastOfSeveralFrames() throws Exception {
        frames.enter("front");
        frames.enter("front");
        Thread backlog = new Thread(() -> {
            try {
                frames.yield(Duration.ZERO, LONG);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        backlog.start();
        await().until(() -> backlog.getState() == Thread.State.TIMED_WAITING);
        frames.leave();
        await().during(Duration.ofMillis(50)).until(() -> backlog.getState() == Thread.State.TIMED_WAITING);
        frames.leave();
        backlog.join(LONG.toMillis());
        assertFalse(backlog.isAlive());
    }

    @Test
    void aBacklogDoesNotStarveIfFramesLeaveNoGap() throws Exception {
        frames.enter("front");
        long start = System.nanoTime();
        frames.yield(Duration.ZERO, Duration.ofMillis(20));
        assertTrue(System.nanoTime() - start >= Duration.ofMillis(20).toNanos());
    }

    @Test
    void isInUseWhileFramesCome() throws Exception {
        assertFalse(frames.isInUse());
        frames.yield(Duration.ZERO, LONG);
        frames.enter("front");
        frames.leave();
        assertTrue(frames.isInUse());
    }

    @Test
    void aBacklogWaitsForAFrameThatIsDueBeforeItsBatchWouldBeDone() throws Exception {
        frameAt(0);
        frameAt(400);
        clock.set(600 * MILLIS);
        Thread backlog = yielding(Duration.ofMillis(300));
        await().until(() -> backlog.getState() == Thread.State.TIMED_WAITING);
        // The frame does not come.
        clock.set(806 * MILLIS);
        backlog.join(LONG.toMillis());
        assertFalse(backlog.isAlive());
    }

    @Test
    void aBatchThatFitsBeforeTheNextFrameDoesNotWait() throws Exception {
        frameAt(0);
        frameAt(400);
        clock.set(600 * MILLIS);
        rhythmic.yield(Duration.ofMillis(199), LONG);
    }

    @Test
    void aBatchThatNeverFitsWaitsOnlyForTheFrameInAnalysis() throws Exception {
        frameAt(0);
        frameAt(400);
        rhythmic.yield(Duration.ofMillis(400), LONG);
    }

    private void frameAt(long millis) {
        clock.set(millis * MILLIS);
        rhythmic.enter("front");
        rhythmic.leave();
    }

    private Thread yielding(Duration needed) {
        Thread backlog = new Thread(() -> {
            try {
                rhythmic.yield(needed, LONG);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        backlog.start();
        return backlog;
    }
}
