package dev.wayside.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), new Random(7));

    @Test
    void growsFromTheShortestToTheLongest() {
        assertEquals(Duration.ofMillis(500), backoff.pause());
        long doubled = 1000;
        for (int attempt = 0; attempt < 200; attempt++) {
            long pause = backoff.pause().toMillis();
            assertTrue(pause >= doubled / 2 && pause <= doubled, pause + " ms instead of up to " + doubled);
            doubled = Math.min(30_000, doubled * 2);
        }
    }

    @Test
    void startsAgainWithTheShortestAfterASuccess() {
        backoff.pause();
        backoff.pause();
        backoff.reset();
        assertEquals(Duration.ofMillis(500), backoff.pause());
    }

    @Test
    void twoDevicesPauseDifferently() {
        Backoff other = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), new Random(8));
        backoff.pause();
        other.pause();
        assertTrue(!backoff.pause().equals(other.pause()));
    }
}
