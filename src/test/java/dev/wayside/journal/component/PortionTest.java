package dev.wayside.journal.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.frame.RightOfWay;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PortionTest {
    private static final long LONGEST = Duration.ofMillis(50).toNanos();

    private final RightOfWay frames = new RightOfWay();
    private final Portion portion = new Portion(frames, 1000);

    @Test
    void aSinkGetsAllItMayHaveUnlessFramesCome() throws Exception {
        assertEquals(1000, portion.next());
        frames.enter();
        frames.leave();
        assertEquals(200, portion.next());
        assertEquals(50, new Portion(frames, 50).next());
    }

    @Test
    void aBacklogLetsAFramePassButNotForEver() throws Exception {
        portion.taken(1000, 1000);
        frames.enter();
        assertTrue(nanosOfNext() >= LONGEST);
    }

    @Test
    void whatIsNewDoesNotWait() throws Exception {
        portion.taken(1, 200);
        frames.enter();
        // Anything but the wait above; a busy machine may take a moment, and seldom three times in a row.
        assertTrue(nanosOfNext() < LONGEST || nanosOfNext() < LONGEST || nanosOfNext() < LONGEST);
    }

    private long nanosOfNext() throws InterruptedException {
        long start = System.nanoTime();
        portion.next();
        return System.nanoTime() - start;
    }
}
