package dev.wayside.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReconnectPaceTest {
    private final AtomicLong now = new AtomicLong();

    @Test
    void waitsDoubleUpToALimit() {
        ReconnectPace pace = new ReconnectPace(now::get, () -> 1);
        long[] expected = {500, 1000, 2000, 4000, 8000, 15000, 15000};
        for (long millis : expected) {
            assertEquals(Duration.ofMillis(millis), pace.next());
        }
    }

    @Test
    void onlyTheFirstRetryMayComeWithinASecond() {
        ReconnectPace pace = new ReconnectPace(now::get, () -> 0);
        assertEquals(Duration.ZERO, pace.next());
        assertEquals(Duration.ofSeconds(1), pace.next());
        assertEquals(Duration.ofSeconds(1), pace.next());
    }

    @Test
    void theFirstWaitHasAMinimumIfItIsSet() {
        for (double chance : new double[] {0, 1}) {
            ReconnectPace pace = new ReconnectPace(now::get, () -> chance);
            pace.setLeastFirst(Duration.ofSeconds(1));
            assertEquals(Duration.ofMillis(1000 + (long) (500 * chance)), pace.next());
            assertEquals(Duration.ofSeconds(1), pace.next());
        }
    }

    @Test
    void aShortLivedConnectionDoesNotShortenTheWaits() {
        ReconnectPace pace = new ReconnectPace(now::get, () -> 1);
        pace.next();
        liveFor(pace, Duration.ofSeconds(9), false);
        assertTrue(pace.wasShortLived());
        assertEquals(Duration.ofSeconds(1), pace.next());
        liveFor(pace, Duration.ofSeconds(10), false);
        assertFalse(pace.wasShortLived());
        assertEquals(Duration.ofMillis(500), pace.next());
    }

    @Test
    void afterShortLivedConnectionsOneMustLastForMinutes() {
        ReconnectPace pace = new ReconnectPace(now::get, () -> 1);
        liveFor(pace, Duration.ofSeconds(1), false);
        liveFor(pace, Duration.ofSeconds(1), false);
        assertTrue(pace.isDoubtful());
        liveFor(pace, Duration.ofSeconds(60), false);
        assertTrue(pace.isDoubtful());
        liveFor(pace, Duration.ofMinutes(5), false);
        assertFalse(pace.isDoubtful());
    }

    @Test
    void aDisplacedClientWaitsLong() {
        ReconnectPace pace = new ReconnectPace(now::get, () -> 0.5);
        liveFor(pace, Duration.ofHours(1), true);
        assertEquals(Duration.ofSeconds(45), pace.next());
        assertEquals(Duration.ofMillis(250), pace.next());
    }

    private void liveFor(ReconnectPace pace, Duration life, boolean takenOver) {
        pace.connected();
        now.addAndGet(life.toNanos());
        pace.lost(takenOver);
    }
}
