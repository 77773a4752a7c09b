package dev.wayside.journal;

import dev.wayside.failure.Reason;
import dev.wayside.journal.SinkStatus.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * Whether one sink fails, refuses everything, or is late; every change is said once. What it knows is of this run, and
 * begins with the sink's registration. Thread-safe.
 */
final class SinkHealth {
    /** So many events in a row that are all refused are no chance, whatever was accepted before. */
    private static final int REFUSALS_IN_A_ROW = 10;
    /** So many are none either, where the sink has accepted nothing in this run, or nothing for {@link #QUIET}. */
    private static final int FIRST_REFUSALS = 3;

    private static final long QUIET = Duration.ofMinutes(1).toNanos();

    private final String sink;
    private final LongSupplier nanoTime;
    private final Clock clock;
    private final SinkCondition failing;
    private final SinkCondition refusing;
    private final SinkCondition late;
    private boolean tried;
    private String failure;
    private boolean accepted;
    private long refused;
    private long refusedSince;
    private boolean refusesAll;
    private String refusal;
    private Instant since;
    private JournalReport.Sink lastSeen;

    /**
     * Makes one of a sink that was not tried yet.
     *
     * @param nanoTime {@link System#nanoTime()}, or a test's clock
     * @param clock the wall's, for what people read
     */
    SinkHealth(String sink, LongSupplier nanoTime, Clock clock) {
        this.sink = sink;
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.failing = new SinkCondition(nanoTime);
        this.refusing = new SinkCondition(nanoTime);
        this.late = new SinkCondition(nanoTime);
    }

    /** A batch failed: so it stays, however long nothing more is heard of it, until {@link #works()}. */
    synchronized void failed(Throwable why) {
        tried = true;
        failure = Reason.of(why);
        startsFailing();
        failing.occurs(
                failure,
                sink + ": " + asClause(failure) + "its events wait in the journal and are tried again",
                count -> sink + ": failed " + count + (count == 1 ? " more time: " : " more times: ") + failure);
    }

    /** It does not fail any more. */
    synchronized void works() {
        failure = null;
        failing.ends(sink + " works again");
        stopsFailing();
    }

    /**
     * A batch is done.
     *
     * @param events of the batch, the rejected ones among them
     * @param rejected of these, how many it refused for good
     * @param words of the last refusal, null when there was none or it had none
     */
    synchronized void delivered(int events, int rejected, String words) {
        tried = true;
        if (rejected < events) {
            accepted = true;
            refusesAll = false;
            refused = 0;
            refusal = null;
            refusing.ends(sink + " takes events again");
            stopsFailing();
            return;
        }
        if (refused == 0) {
            refusedSince = nanoTime.getAsLong();
        }
        refused += rejected;
        refusal = words == null ? refusal : Reason.line(words);
        refusesAll = refusesAll || refusesEverything();
        if (refusesAll) {
            startsFailing();
            if (!refusing.isActive()) {
                String reason = refusals();
                refusing.occurs(reason, sink + ": " + reason, count -> sink + ": " + reason);
            }
        }
    }

    /**
     * Somebody looked into the journal, as happens all the time; now it is said whether the sink is late.
     *
     * @param now how far it is
     * @param lateAfter the limit
     */
    synchronized void seen(JournalReport.Sink now, Duration lateAfter) {
        lastSeen = now;
        String lateness = now.lateness(lateAfter);
        if (lateness == null) {
            late.ends(sink + " is not late any more");
        } else if (failure == null && !late.isActive()) {
            late.occurs(lateness, sink + ": " + lateness, count -> sink + ": " + lateness);
        }
    }

    /**
     * How it is.
     *
     * @param now how far it is, null when nobody knows
     * @param lateAfter the limit
     */
    synchronized SinkStatus status(JournalReport.Sink now, Duration lateAfter) {
        String error = lastingFailure();
        String lateness = now == null ? null : now.lateness(lateAfter);
        State state = tried ? State.WORKS : State.IDLE;
        if (error != null) {
            state = State.FAILING;
        } else if (lateness != null) {
            state = State.LATE;
        }
        return new SinkStatus(sink, state, error, since, error == null ? lateness : error, now);
    }

    /** How it was when somebody looked last. */
    synchronized SinkStatus lastStatus(Duration lateAfter) {
        return status(lastSeen, lateAfter);
    }

    /** What it fails with, or its refusals; null when it does neither. */
    synchronized String lastingFailure() {
        if (failure != null) {
            return failure;
        }
        return refusesAll ? refusals() : null;
    }

    /** As the first half of a sentence, or, where it is a question, before one of its own. */
    private static String asClause(String sentence) {
        return sentence.endsWith("?") ? sentence + " Meanwhile " : withoutPeriod(sentence) + "; ";
    }

    /** To be gone on with. */
    private static String withoutPeriod(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private boolean refusesEverything() {
        boolean nothingElse = !accepted || nanoTime.getAsLong() - refusedSince >= QUIET;
        return refused >= (nothingElse ? FIRST_REFUSALS : REFUSALS_IN_A_ROW);
    }

    private String refusals() {
        return "refused each of its last " + refused + " events for good"
                + (refusal == null ? "" : ": " + withoutPeriod(refusal))
                + "; mend the cause, then ./wayside dead-letters retry --sink " + sink + " delivers them";
    }

    private void startsFailing() {
        if (since == null) {
            since = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        }
    }

    private void stopsFailing() {
        if (lastingFailure() == null) {
            since = null;
        }
    }
}
