package dev.wayside.frame;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RightOfWayTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final RightOfWay frames = new RightOfWay();

    @Test
    void aBacklogWaitsForTheLastOfSeveralFrames() throws Exception {
        frames.enter();
        frames.enter();
        Thread backlog = new Thread(() -> {
            try {
                frames.yield(LONG);
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
        frames.enter();
        long start = System.nanoTime();
        frames.yield(Duration.ofMillis(20));
        assertTrue(System.nanoTime() - start >= Duration.ofMillis(20).toNanos());
    }

    @Test
    void isInUseWhileFramesCome() throws Exception {
        assertFalse(frames.isInUse());
        frames.yield(LONG);
        frames.enter();
        frames.leave();
        assertTrue(frames.isInUse());
    }
}
