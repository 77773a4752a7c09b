package dev.wayside.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.wayside.journal.SinkStatus.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SinkHealthTest {
    private static final Instant MORNING = Instant.parse("2026-11-23T10:15:30Z");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Exception AWAY = new IllegalStateException("the server is away");

    private final AtomicLong now = new AtomicLong(Duration.ofDays(9).toNanos());
    private final SinkHealth health = new SinkHealth("a", now::get, Clock.fixed(MORNING, ZoneOffset.UTC));
    private final SinkLog said = new SinkLog();

    @AfterEach
    void stopListening() {
        said.close();
    }

    @Test
    void isIdleUntilItsFirstBatchAndThenWorks() {
        assertEquals(State.IDLE, status(0, 0).state());
        health.works();
        assertEquals(State.IDLE, status(0, 0).state(), "it found nothing to do");
        health.delivered(1, 0, null);
        health.works();
        assertEquals(new SinkStatus("a", State.WORKS, null, null, null, progress(0, 0)), status(0, 0));
        assertEquals(List.of(), said.of("a"));
    }

    @Test
    void staysFailedThroughMinutesOfSilenceUntilItWorks() {
        health.failed(AWAY);
        pass(Duration.ofMinutes(40));
        SinkStatus status = status(5, 12);
        assertEquals(State.FAILING, status.state());
        assertEquals("the server is away", status.reason());
        assertEquals("the server is away", status.lastError());
        assertEquals(MORNING, status.failingSince());
        health.works();
        assertEquals(State.WORKS, status(5, 12).state());
        assertNull(status(5, 12).reason());
        assertNull(status(5, 12).failingSince());
    }

    @Test
    void logsAFailureAtOnceThenOnceAMinuteAndItsEndOnce() {
        for (int i = 0; i < 150; i++) {
            health.failed(new IllegalStateException("away, try " + i + "."));
            pass(Duration.ofSeconds(1));
        }
        health.works();
        health.works();
        assertEquals(
                List.of(
                        "WARN a: away, try 0; its events wait in the journal and are retried",
                        "WARN a: failed 60 more times: away, try 60.",
                        "WARN a: failed 60 more times: away, try 120.",
                        "INFO a works again after 2 min 30 s"),
                said.of("a"));
    }

    @Test
    void aSinkThatFailsEveryOtherTimeDoesNotFloodTheLog() {
        for (int i = 0; i < 90; i++) {
            health.failed(AWAY);
            health.works();
            pass(Duration.ofSeconds(1));
        }
        assertEquals(
                List.of(
                        "WARN a: the server is away; its events wait in the journal and are retried",
                        "INFO a works again after 0 ms",
                        "WARN a: failed 60 more times: the server is away",
                        "INFO a works again after 0 ms"),
                said.of("a"));
    }

    @Test
    void aReasonThatIsAQuestionStaysAQuestion() {
        health.failed(new IllegalStateException("it refuses the connection: is it running?"));
        assertEquals(
                List.of("WARN a: it refuses the connection: is it running? Meanwhile its events wait in the journal and"
                        + " are retried"),
                said.of("a"));
    }

    @Test
    void aFailureAfterAQuietTimeIsLoggedAgain() {
        health.failed(AWAY);
        health.works();
        pass(Duration.ofSeconds(15));
        health.failed(AWAY);
        assertEquals(3, said.of("a").size(), () -> said.of("a").toString());
    }

    @Test
    void aSinkThatHangsFromTheStartIsLateThoughItNeverFails() {
        assertEquals(State.IDLE, status(9, 30).state());
        SinkStatus status = status(225, 45);
        assertEquals(State.LATE, status.state());
        assertEquals(
                "its oldest event has waited 45 s, longer than a.late-after (30 s); 225 events wait", status.reason());
        assertNull(status.lastError());
        assertNull(status.failingSince());
    }

    @Test
    void logsOnceThatItIsLateAndOnceThatItIsOnTimeAgain() {
        health.seen(progress(1, 31), LIMIT);
        pass(Duration.ofSeconds(20));
        health.seen(progress(200, 51), LIMIT);
        assertEquals(State.LATE, health.lastStatus(LIMIT).state());
        health.seen(progress(2, 1), LIMIT);
        health.seen(progress(0, 0), LIMIT);
        assertEquals(
                List.of(
                        "WARN a: its oldest event has waited 31 s, longer than a.late-after (30 s); 1 event waits",
                        "INFO a is on time again after 20 s"),
                said.of("a"));
    }

    @Test
    void aFailingSinkIsNotReportedAsLateToo() {
        health.failed(AWAY);
        health.seen(progress(200, 51), LIMIT);
        assertEquals(1, said.of("a").size(), () -> said.of("a").toString());
        assertEquals("the server is away", health.lastStatus(LIMIT).reason());
    }

    @Test
    void aDisabledSinkIsNeverLate() {
        JournalReport.Sink off = new JournalReport.Sink("a", false, false, 225, "", 4500, 0, 0, 0, 0, "away");
        assertNull(off.lateness(LIMIT));
        assertNull(off.reason(LIMIT));
        assertEquals(State.OFF, off.state(LIMIT));
    }

    @Test
    void aSinkThatRefusesEverythingIsFailingUntilItAcceptsAnEvent() {
        health.delivered(1, 0, null);
        health.delivered(9, 9, "no such type");
        assertEquals(State.WORKS, status(0, 0).state(), "it may be chance");
        health.delivered(22, 22, "mapper\n[1:2]\u001b");
        health.works();
        SinkStatus status = status(0, 0);
        assertEquals(State.FAILING, status.state());
        assertEquals(
                "permanently refused each of its last 31 events: mapper [1:2]; fix the cause, then run"
                        + " ./wayside dead-letters retry --sink a",
                status.reason());
        assertEquals(status.reason(), status.lastError());
        assertEquals(MORNING, status.failingSince());
        health.delivered(5, 5, "mapper [1:3]");
        pass(Duration.ofMinutes(3));
        health.delivered(10, 9, "mapper [1:3]");
        assertEquals(State.WORKS, status(0, 0).state());
        assertNull(status(0, 0).failingSince());
        health.delivered(9, 9, "mapper [1:3]");
        assertEquals(State.WORKS, status(0, 0).state(), "it counts anew");
        assertEquals(
                List.of(
                        "WARN a: permanently refused each of its last 31 events: mapper [1:2]; fix the cause, then run"
                                + " ./wayside dead-letters retry --sink a",
                        "INFO a accepts events again after 3 min"),
                said.of("a"));
    }

    @Test
    void aSinkThatHasAcceptedNothingNeedsOnlyAFewRefusals() {
        health.delivered(1, 1, "no such type");
        health.delivered(1, 1, "no such type");
        assertEquals(State.WORKS, status(0, 0).state());
        health.delivered(1, 1, "no such type");
        assertEquals(State.FAILING, status(0, 0).state());
        health.delivered(1, 0, null);
        health.delivered(3, 3, "no such type");
        assertEquals(State.WORKS, status(0, 0).state(), "it has accepted one since");
    }

    @Test
    void aSinkWithFewEventsNeedsAMinuteWithoutAnAcceptedOne() {
        health.delivered(1, 0, null);
        for (int i = 0; i < 3; i++) {
            assertEquals(State.WORKS, status(0, 0).state());
            health.delivered(1, 1, "no such type");
            pass(Duration.ofSeconds(30));
        }
        assertEquals(
                State.FAILING,
                status(0, 0).state(),
                () -> "three, and the third a minute after the first: " + said.of("a"));
    }

    @Test
    void aRefusedEventAmongGoodOnesIsADeadLetterAndNothingElse() {
        for (int i = 0; i < 100; i++) {
            health.delivered(1, 1, "no such type");
            health.delivered(1, 0, null);
            pass(Duration.ofSeconds(40));
        }
        assertEquals(State.WORKS, status(0, 0).state());
        assertEquals(List.of(), said.of("a"));
    }

    @Test
    void refusingEverythingIsStillReportedAfterAFailureInBetween() {
        health.delivered(10, 10, null);
        health.failed(AWAY);
        assertEquals("the server is away", status(0, 0).reason());
        health.works();
        assertEquals(
                "permanently refused each of its last 10 events; fix the cause, then run ./wayside dead-letters retry"
                        + " --sink a",
                status(0, 0).reason());
    }

    private SinkStatus status(long backlog, long seconds) {
        return health.status(progress(backlog, seconds), LIMIT);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static JournalReport.Sink progress(long backlog, long seconds) {
        return new JournalReport.Sink("a", true, false, backlog, "2026-11-23T10:15:30Z", seconds, 0, 0, 0, 0, null);
    }
}
