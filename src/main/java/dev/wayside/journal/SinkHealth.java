package dev.wayside.journal;

import dev.wayside.failure.Reason;
import dev.wayside.journal.SinkStatus.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * Whether one sink is failing, refuses everything, or is late. Logs every change once. Covers the current run, from the
 * sink's registration on. Thread-safe.
 */
final class SinkHealth {
    /**
     * If this many consecutive events are refused, the sink counts as refusing everything, whatever it accepted before.
     */
    private static final int REFUSALS_IN_A_ROW = 10;
    /** The same, if the sink has accepted nothing in this run, or nothing for {@link #QUIET}. */
    private static final int FIRST_REFUSALS = 3;

    private static final long QUIET = Duration.ofMinutes(1).toNanos();

    private final String sink;
    private final LongSupplier nanoTime;
    private final Clock clock;
    private final SinkCondition failing;
    private final SinkCondition refusing;
    private final SinkCondition late;
    private boolean tried;
    private boolean paused;
    private String failure;
    private boolean accepted;
    private long refused;
    private long refusedSince;
    private boolean refusesAll;
    private String refusal;
    private Instant since;
    private JournalReport.Sink lastSeen;

    /**
     * Starts with a sink that has had nothing to deliver.
     *
     * @param nanoTime {@link System#nanoTime()}, or a test's clock
     * @param clock the wall clock, for the time that users see
     */
    SinkHealth(String sink, LongSupplier nanoTime, Clock clock) {
        this.sink = sink;
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.failing = new SinkCondition(nanoTime);
        this.refusing = new SinkCondition(nanoTime);
        this.late = new SinkCondition(nanoTime);
    }

    /** A batch failed. The sink counts as failing until {@link #works()}, even if nothing happens for a long time. */
    synchronized void failed(Throwable why) {
        tried = true;
        failure = Reason.of(why);
        startsFailing();
        failing.occurs(
                failure,
                sink + ": " + asClause(failure) + "its events wait in the journal and are retried",
                count -> sink + ": failed " + count + (count == 1 ? " more time: " : " more times: ") + failure);
    }

    /** A user has paused or resumed it. While it is paused, it is neither late nor failing. */
    synchronized void paused(boolean now) {
        paused = now;
    }

    /** The sink works, or works again. */
    synchronized void works() {
        failure = null;
        failing.ends(sink + " works again");
        stopsFailing();
    }

    /**
     * A batch was committed.
     *
     * @param events the number of events in the batch, including rejected ones
     * @param rejected how many of these the sink refused permanently
     * @param words the reason of the last refusal; null if there was none, or no reason
     */
    synchronized void delivered(int events, int rejected, String words) {
        tried = true;
        if (rejected < events) {
            accepted = true;
            refusesAll = false;
            refused = 0;
            refusal = null;
            refusing.ends(sink + " accepts events again");
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
     * Logs when the sink becomes late and when it no longer is; called regularly.
     *
     * @param now the sink's current progress
     * @param lateAfter the limit
     */
    synchronized void seen(JournalReport.Sink now, Duration lateAfter) {
        lastSeen = now;
        String lateness = now.lateness(lateAfter);
        if (paused) {
            late.endsSilently();
        } else if (lateness == null) {
            late.ends(sink + " is on time again");
        } else if (failure == null && !late.isActive()) {
            late.occurs(lateness, sink + ": " + lateness, count -> sink + ": " + lateness);
        }
    }

    /**
     * The sink's current status.
     *
     * @param now the sink's current progress; null if it is unknown
     * @param lateAfter the limit
     */
    synchronized SinkStatus status(JournalReport.Sink now, Duration lateAfter) {
        String error = lastingFailure();
        if (paused) {
            return new SinkStatus(sink, State.PAUSED, error, since, null, now);
        }
        String lateness = now == null ? null : now.lateness(lateAfter);
        State state = tried ? State.WORKS : State.IDLE;
        if (error != null) {
            state = State.FAILING;
        } else if (lateness != null) {
            state = State.LATE;
        }
        return new SinkStatus(sink, state, error, since, error == null ? lateness : error, now);
    }

    /** The status with the progress from the latest call of {@link #seen}. */
    synchronized SinkStatus lastStatus(Duration lateAfter) {
        return status(lastSeen, lateAfter);
    }

    /** Why it fails, or what it refuses everything for; null if it does neither. */
    synchronized String lastingFailure() {
        if (failure != null) {
            return failure;
        }
        return refusesAll ? refusals() : null;
    }

    /** As the first clause of a sentence; a question stays a sentence of its own. */
    private static String asClause(String sentence) {
        return sentence.endsWith("?") ? sentence + " Meanwhile " : withoutPeriod(sentence) + "; ";
    }

    /** For a sentence that continues. */
    private static String withoutPeriod(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private boolean refusesEverything() {
        boolean nothingElse = !accepted || nanoTime.getAsLong() - refusedSince >= QUIET;
        return refused >= (nothingElse ? FIRST_REFUSALS : REFUSALS_IN_A_ROW);
    }

    private String refusals() {
        return "permanently refused each of its last " + refused + " events"
                + (refusal == null ? "" : ": " + withoutPeriod(refusal))
                + "; fix the cause, then run ./wayside dead-letters retry --sink " + sink;
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
