package dev.wayside.journal.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wayside.frame.RightOfWay;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PortionTest {
    private final RightOfWay frames = new RightOfWay();

    @Test
    void withoutFramesASinkGetsAllItMayHave() throws Exception {
        Portion portion = new Portion(frames, 1000);
        assertEquals(1000, portion.next());
        portion.delivered(1000, 1000, Duration.ofMillis(300));
        assertEquals(1000, portion.next());
    }

    @Test
    void besideFramesASlowSinkGetsFewAtOnceAndAQuickOneMany() throws Exception {
        frames.enter();
        frames.leave();
        assertTrue(settled(Duration.ofMillis(1)) <= 30, "1 ms for each event");
        assertTrue(settled(Duration.ofNanos(20_000)) >= 500, "20 microseconds for each event");
        assertTrue(settled(Duration.ofSeconds(1)) >= 5, "never so few that nothing goes on");
    }

    @Test
    void neverMoreThanItMayHave() throws Exception {
        frames.enter();
        frames.leave();
        Portion portion = new Portion(frames, 3);
        assertEquals(3, portion.next());
        portion.delivered(3, 3, Duration.ofSeconds(3));
        assertEquals(3, portion.next());
    }

    private int settled(Duration each) throws Exception {
        Portion portion = new Portion(frames, 1000);
        for (int i = 0; i < 30; i++) {
            int next = portion.next();
            portion.delivered(next, next, each.multipliedBy(next));
        }
        return portion.next();
    }
}
