package dev.wayside.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RateMeterTest {
    private static final long SECOND = 1_000_000_000L;
    private final RateMeter meter = new RateMeter();

    private long count(long from, int events, double perSecond) {
        long time = from;
        for (int i = 0; i < events; i++) {
            time = from + Math.round(i * SECOND / perSecond);
            meter.count(time);
        }
        return time;
    }

    @Test
    void isZeroBeforeTheSecondEvent() {
        assertEquals(0, meter.perSecond(0));
        meter.count(5);
        assertEquals(0, meter.perSecond(6));
    }

    @Test
    void measuresSlowAndFastRates() {
        for (double rate : new double[] {0.1, 1, 10, 30, 120}) {
            meter.reset();
            long last = count(0, 200, rate);
            assertEquals(rate, meter.perSecond(last), rate / 100);
        }
    }

    @Test
    void followsAChangeWithinSeconds() {
        long change = count(0, 100, 25);
        long last = count(change + SECOND / 5, 40, 5);
        assertEquals(5, meter.perSecond(last), 0.1);
    }

    @Test
    void fallsWhenEventsStop() {
        long last = count(0, 100, 10);
        assertTrue(meter.perSecond(last + 5 * SECOND) < 6);
        assertEquals(0, meter.perSecond(last + 11 * SECOND));
    }

    @Test
    void aSlowRateIsNotTakenForAnEnd() {
        long last = count(0, 10, 0.02);
        assertEquals(0.02, meter.perSecond(last + 40 * SECOND), 0.001);
        assertEquals(0, meter.perSecond(last + 151 * SECOND));
    }
}
