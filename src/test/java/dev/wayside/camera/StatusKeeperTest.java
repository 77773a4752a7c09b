package dev.wayside.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a camera logs in three hours: each reason once, and again after ten minutes. */
class StatusKeeperTest {
    private static final int SECONDS = 3 * 60 * 60;

    private final AtomicLong now = new AtomicLong(-1);
    private final StatusKeeper keeper = new StatusKeeper(
            CameraSettings.of("front", CameraUrl.parse("images:/pictures", TestCamera.HOME)), now::get);

    private List<String> loggedInThreeHours(Level level, Runnable eachSecond) {
        try (LogCapture log = new LogCapture()) {
            for (int second = 0; second < SECONDS; second++) {
                eachSecond.run();
                now.addAndGet(Duration.ofSeconds(1).toNanos());
            }
            return log.at(level);
        }
    }

    @Test
    void changesOfTheSizeAreLoggedAtFirstAndThenEveryTenMinutes() {
        List<String> said = loggedInThreeHours(Level.INFO, () -> {
            int size = (int) (now.get() / 1_000_000_000 % 4 + 1);
            keeper.frame(640 * size, 480 * size, 1);
        });
        assertTrue(said.size() <= 2 + 3 * 6, "lines: " + said.size());
        assertTrue(said.get(1).startsWith("camera front: pictures are "), said.get(1));
        assertTrue(said.get(2).contains("the size changed 600 times since the last report"), said.get(2));
    }

    @Test
    void theSameReasonIsLoggedAtFirstAndThenEveryTenMinutes() {
        List<String> said = loggedInThreeHours(Level.WARN, () -> keeper.failed("no luck on port 4711", Duration.ZERO));
        assertEquals(3 * 6, said.size());
        assertEquals("camera front: no luck on port 4711; retrying until it works", said.get(0));
        assertEquals(
                "camera front: no luck on port 4711; failed 600 times since the last report, retrying until it"
                        + " works",
                said.get(1));
    }

    @Test
    void manyAlternatingReasonsDoNotFloodTheLog() {
        AtomicLong count = new AtomicLong();
        List<String> said = loggedInThreeHours(Level.WARN, () -> {
            char letter = (char) ('a' + count.getAndIncrement() % 26);
            keeper.failed("reason " + letter, Duration.ZERO);
            keeper.notice("picture " + letter + " is skipped");
        });
        assertTrue(said.size() <= 9 * (3 * 6 + 1), "lines: " + said.size());
    }

    @Test
    void aDamagedPictureIsLoggedOnceInTenMinutes() {
        List<String> said = loggedInThreeHours(Level.WARN, () -> keeper.notice("c.jpg is skipped"));
        assertEquals(3 * 6, said.size());
        assertEquals("camera front: c.jpg is skipped", said.get(0));
        assertEquals("camera front: c.jpg is skipped; 600 such messages since the last report", said.get(1));
    }

    @Test
    void aRecoveryIsLoggedIfTheFailureWas() {
        try (LogCapture log = new LogCapture()) {
            for (int i = 0; i < 5; i++) {
                keeper.frame(640, 480, 0);
                keeper.failed("gone", Duration.ZERO);
            }
            assertEquals(1, log.at(Level.WARN).size(), log.all());
            assertEquals(2, log.at(Level.INFO).size(), log.all());
        }
    }
}
