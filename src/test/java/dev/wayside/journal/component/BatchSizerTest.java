package dev.wayside.journal.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.frame.RightOfWay;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchSizerTest {
    private static final long LONGEST = Duration.ofMillis(50).toNanos();

    private final RightOfWay frames = new RightOfWay();
    private final BatchSizer batchSizer = new BatchSizer(frames, 1000);

    @Test
    void aSinkGetsFullBatchesUnlessFramesAreAnalysed() throws Exception {
        assertEquals(1000, batchSizer.next());
        frames.enter("front");
        frames.leave();
        assertEquals(200, batchSizer.next());
        assertEquals(50, new BatchSizer(frames, 50).next());
    }

    @Test
    void aBacklogYieldsToAFrameForALimitedTime() throws Exception {
        batchSizer.taken(1000, 1000);
        frames.enter("front");
        assertTrue(nanosOfNext() >= LONGEST);
    }

    @Test
    void newEventsDoNotWait() throws Exception {
        batchSizer.taken(1, 200);
        frames.enter("front");
        // Less than the wait above. A busy machine may be slow once, but rarely three times in a row.
        assertTrue(nanosOfNext() < LONGEST || nanosOfNext() < LONGEST || nanosOfNext() < LONGEST);
    }

    private long nanosOfNext() throws InterruptedException {
        long start = System.nanoTime();
        batchSizer.next();
        return System.nanoTime() - start;
    }
}
