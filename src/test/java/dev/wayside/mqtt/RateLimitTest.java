package dev.wayside.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final long MILLI = 1_000_000;
    private final AtomicLong now = new AtomicLong(-5);

    @Test
    void spacesABurstEvenly() {
        RateLimit limit = new RateLimit(100, now::get);
        for (int i = 0; i < 100; i++) {
            assertEquals(i * 10 * MILLI, limit.turn());
        }
    }

    @Test
    void savesNothingUpWhileItRests() {
        RateLimit limit = new RateLimit(100, now::get);
        limit.turn();
        now.addAndGet(1000 * MILLI);
        assertEquals(0, limit.turn());
        assertEquals(10 * MILLI, limit.turn());
    }

    @Test
    void noneLimitsNothing() {
        RateLimit limit = new RateLimit(0, now::get);
        assertEquals(0, limit.turn());
        assertEquals(0, limit.turn());
    }
}
