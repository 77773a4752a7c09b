package dev.wayside.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How much a camera says in three hours: once for each reason, again after ten minutes. */
class StatusKeeperTest {
    private static final int SECONDS = 3 * 60 * 60;

    private final AtomicLong now = new AtomicLong(-1);
    private final StatusKeeper keeper = new StatusKeeper(
            CameraSettings.of("front", CameraUrl.parse("images:/pictures", TestCamera.HOME)), now::get);

    private List<String> saidInThreeHours(Level level, Runnable eachSecond) {
        try (LogCapture log = new LogCapture()) {
            for (int second = 0; second < SECONDS; second++) {
                eachSecond.run();
                now.addAndGet(Duration.ofSeconds(1).toNanos());
            }
            return log.at(level);
        }
    }

    @Test
    void picturesOfFourSizesAreSaidAtFirstAndThenEveryTenMinutes() {
        List<String> said = saidInThreeHours(Level.INFO, () -> {
            int size = (int) (now.get() / 1_000_000_000 % 4 + 1);
            keeper.frame(640 * size, 480 * size, 1);
        });
        assertTrue(said.size() <= 2 + 3 * 6, "lines: " + said.size());
        assertTrue(said.get(1).startsWith("camera front: pictures are "), said.get(1));
        assertTrue(said.get(2).contains("the size changed 600 times since it was last said"), said.get(2));
    }

    @Test
    void theSameReasonIsSaidAtFirstAndThenEveryTenMinutes() {
        List<String> said = saidInThreeHours(Level.WARN, () -> keeper.failed("no luck on port 4711", Duration.ZERO));
        assertEquals(3 * 6, said.size());
        assertEquals("camera front: no luck on port 4711; trying again until it works", said.get(0));
        assertEquals(
                "camera front: no luck on port 4711; failed 600 times since this was last said, trying again until it"
                        + " works",
                said.get(1));
    }

    @Test
    void manyReasonsInTurnDoNotFloodTheLog() {
        AtomicLong count = new AtomicLong();
        List<String> said = saidInThreeHours(Level.WARN, () -> {
            char letter = (char) ('a' + count.getAndIncrement() % 26);
            keeper.failed("reason " + letter, Duration.ZERO);
            keeper.notice("picture " + letter + " is left out");
        });
        assertTrue(said.size() <= 9 * (3 * 6 + 1), "lines: " + said.size());
    }

    @Test
    void aDamagedPictureOfAFolderIsSaidOnceInTenMinutes() {
        List<String> said = saidInThreeHours(Level.WARN, () -> keeper.notice("c.jpg is left out"));
        assertEquals(3 * 6, said.size());
        assertEquals("camera front: c.jpg is left out", said.get(0));
        assertEquals("camera front: c.jpg is left out; 600 times since the like was last said", said.get(1));
    }

    @Test
    void recoveryIsSaidWhereTheFailureWas() {
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
