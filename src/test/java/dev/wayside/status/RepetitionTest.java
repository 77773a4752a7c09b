package dev.wayside.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RepetitionTest {
    private final AtomicLong now = new AtomicLong(-1);
    private final Repetition repetition = new Repetition(now::get);
    private final List<String> said = new ArrayList<>();

    @Test
    void logsANewReasonAtOnceAndAKnownOneOnceAMinute() {
        happens("used 1 MB");
        happens("used 2 MB");
        happens("gone");
        assertEquals(List.of("used 1 MB", "gone"), said);
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        happens("used 3 MB");
        happens("used 4 MB");
        assertEquals(List.of("used 1 MB", "gone", "2x used 3 MB"), said);
    }

    @Test
    void twoAlternatingReasonsAreNotLoggedEachTime() {
        for (int i = 0; i < 100; i++) {
            happens("a");
            happens("b");
        }
        assertEquals(List.of("a", "b"), said);
    }

    @Test
    void manyDifferentReasonsAreLoggedOnlyUpToALimit() {
        for (char c = 'a'; c <= 'z'; c++) {
            happens("exchange " + c);
        }
        assertEquals(9, said.size(), said::toString);
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        happens("exchange aa");
        assertEquals("18x exchange aa", said.get(9));
    }

    @Test
    void oldReasonsMakeRoomForNewOnes() {
        for (char c = 'a'; c <= 'h'; c++) {
            happens("exchange " + c);
        }
        now.addAndGet(Duration.ofMinutes(1).toNanos() + 1);
        happens("disk full");
        happens("no network");
        assertEquals(List.of("disk full", "no network"), said.subList(8, said.size()));
    }

    @Test
    void usesTheGivenInterval() {
        Repetition patient = new Repetition(now::get, Duration.ofMinutes(10));
        for (int second = 0; second <= 600; second++) {
            patient.add("a", () -> said.add("first"), count -> said.add("again " + count));
            now.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        assertEquals(List.of("first", "again 600"), said);
    }

    @Test
    void aForgottenReasonIsLoggedAgain() {
        happens("a");
        repetition.forget();
        happens("a");
        assertEquals(List.of("a", "a"), said);
    }

    @Test
    void aMissingReasonEqualsOnlyAMissingOne() {
        assertTrue(Repetition.isSame(null, null));
        assertFalse(Repetition.isSame(null, "a"));
        assertFalse(Repetition.isSame("a", null));
        assertTrue(Repetition.isSame("a 1", "a 22"));
    }

    @Test
    void formatsDurationsInTheTwoLargestUnits() {
        assertEquals("250 ms", Elapsed.words(Duration.ofMillis(250)));
        assertEquals("45 s", Elapsed.words(Duration.ofMillis(45_900)));
        assertEquals("2 min 5 s", Elapsed.words(Duration.ofSeconds(125)));
        assertEquals("3 h", Elapsed.words(Duration.ofSeconds(3 * 3600 + 59)));
        assertEquals("1 d 13 h", Elapsed.words(Duration.ofHours(37)));
    }

    private void happens(String reason) {
        repetition.add(reason, () -> said.add(reason), count -> said.add(count + "x " + reason));
    }
}
