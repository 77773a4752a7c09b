package dev.wayside.journal;

import dev.wayside.journal.SinkStatus.State;
import dev.wayside.failure.Reason;
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
    /** So many events in a row that are all refused are no chance any more. */
    static final int SYSTEMATIC = 10;

    private final String sink;
    private final Clock clock;
    private final Episode failing;
    private final Episode refusing;
    private final Episode late;
    private boolean tried;
    private String failure;
    private long refused;
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
        this.clock = clock;
        this.failing = new Episode(nanoTime);
        this.refusing = new Episode(nanoTime);
        this.late = new Episode(nanoTime);
    }

    /** A batch failed: so it stays, however long nothing more is heard of it, until {@link #works()}. */
    synchronized void failed(Throwable why) {
        tried = true;
        failure = Reason.of(why);
        begins();
        failing.met(
                failure,
                sink + ": " + joined(failure) + "its events wait in the journal and are tried again",
                count -> sink + ": failed " + count + (count == 1 ? " more time: " : " more times: ") + failure);
    }

    /** It does not fail any more. */
    synchronized void works() {
        failure = null;
        failing.isOver(sink + " works again");
        ends();
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
            refused = 0;
            refusal = null;
            refusing.isOver(sink + " takes events again");
            ends();
            return;
        }
        refused += rejected;
        refusal = words == null ? refusal : Reason.line(words);
        if (refusesEverything()) {
            begins();
            if (!refusing.isOn()) {
                String reason = refusals();
                refusing.met(reason, sink + ": " + reason, count -> sink + ": " + reason);
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
            late.isOver(sink + " is not late any more");
        } else if (failure == null && !late.isOn()) {
            late.met(lateness, sink + ": " + lateness, count -> sink + ": " + lateness);
        }
    }

    /**
     * How it is.
     *
     * @param now how far it is, null when nobody knows
     * @param lateAfter the limit
     */
    synchronized SinkStatus status(JournalReport.Sink now, Duration lateAfter) {
        String error = lasting();
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
    synchronized String lasting() {
        if (failure != null) {
            return failure;
        }
        return refusesEverything() ? refusals() : null;
    }

    /** As the first half of a sentence, or, where it is a question, before one of its own. */
    private static String joined(String sentence) {
        return sentence.endsWith("?") ? sentence + " Meanwhile " : open(sentence) + "; ";
    }

    /** To be gone on with. */
    private static String open(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private boolean refusesEverything() {
        return refused >= SYSTEMATIC;
    }

    private String refusals() {
        return "refused each of its last " + refused + " events for good"
                + (refusal == null ? "" : ": " + open(refusal)) + "; ./wayside dead-letters list --sink " + sink
                + " shows them";
    }

    private void begins() {
        if (since == null) {
            since = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        }
    }

    private void ends() {
        if (lasting() == null) {
            since = null;
        }
    }
}
