package dev.wayside.camera;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SourceClockTest {
    private static final long HOUR = 3_600_000_000L;

    private static long[] due(SourceClock clock, long... timestamps) {
        long[] due = new long[timestamps.length];
        for (int i = 0; i < timestamps.length; i++) {
            clock.picture(timestamps[i]);
            due[i] = clock.micros();
        }
        return due;
    }

    private static void assertDue(long[] actual, long... expected) {
        assertArrayEquals(expected, actual);
    }

    @Test
    void startsAtZeroWhateverTheFirstTimestamp() {
        assertDue(due(new SourceClock(10), 5 * HOUR, 5 * HOUR + 100_000), 0, 100_000);
    }

    @Test
    void keepsAnUnevenPace() {
        assertDue(due(new SourceClock(0), 0, 30_000, 100_000, 110_000), 0, 30_000, 100_000, 110_000);
    }

    @Test
    void continuesEvenlyWhenTheSourceIsRewound() {
        SourceClock clock = new SourceClock(0);
        due(clock, 1_400_000, 1_500_000, 1_600_000);
        clock.rewind();
        assertDue(due(clock, 1_400_000, 1_500_000), 300_000, 400_000);
    }

    @Test
    void neitherFreezesNorSpeedsUpWhenTimestampsJump() {
        assertDue(
                due(new SourceClock(10), 0, 100_000, HOUR, HOUR + 100_000, 0, 100_000),
                0,
                100_000,
                200_000,
                300_000,
                400_000,
                500_000);
    }

    @Test
    void countsPicturesWithoutTimestamps() {
        SourceClock clock = new SourceClock(20);
        clock.picture();
        assertEquals(0, clock.micros());
        clock.picture();
        clock.picture();
        assertEquals(100_000, clock.micros());
        clock.rewind();
        clock.picture();
        assertEquals(150_000, clock.micros());
    }

    @Property
    void alwaysRisesAndNeverLeaps(@ForAll long[] timestamps) {
        SourceClock clock = new SourceClock(25);
        long last = -1;
        for (long timestamp : timestamps) {
            clock.picture(timestamp / 4);
            assertTrue(clock.micros() > last && clock.micros() - last <= 10_000_001, clock.micros() + " after " + last);
            last = clock.micros();
        }
    }
}
