package dev.wayside.status;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far a task has got that takes long: a line at its start, then one at each interval with the rate and the time left,
 * and one at its end. The output decides whether they replace one another. Used by one thread.
 */
public final class Progress {
    private static final double PERCENT = 100;

    private final String task;
    private final String unit;
    private final LongSupplier nanoTime;
    private final Output output;
    private final long start;
    private long total;
    private long done;
    private long shown;

    /** Where the lines appear. */
    public interface Output {
        /** The shortest time between two lines. */
        Duration interval();

        /** A line that the next one may replace. */
        void running(String line);

        /** The last line, which stays. */
        void ended(String line);
    }

    /**
     * Starts a task.
     *
     * @param task what is done, for the beginning of each line
     * @param unit what is counted, in the plural
     * @param total how many there are; 0 if that is unknown
     */
    public Progress(String task, String unit, long total, Output output) {
        this(task, unit, total, output, System::nanoTime);
    }

    Progress(String task, String unit, long total, Output output, LongSupplier nanoTime) {
        this.task = task;
        this.unit = unit;
        this.total = total;
        this.output = output;
        this.nanoTime = nanoTime;
        start = nanoTime.getAsLong();
        shown = start;
        output.running(task + ": " + (total > 0 ? number(total) + " " + unit : "begins"));
    }

    /** Tells how many are done since the start; cheap enough to be called for each. */
    public void at(long count) {
        done = count;
        long now = nanoTime.getAsLong();
        if (now - shown >= output.interval().toNanos()) {
            shown = now;
            output.running(words(now));
        }
    }

    /** The same if the total has changed. */
    public void at(long count, long of) {
        total = of;
        at(count);
    }

    /** Ends the task, whether or not all are done. */
    public void end() {
        long now = nanoTime.getAsLong();
        output.ended(task + ": " + number(done) + " " + unit + " in " + Elapsed.words(Duration.ofNanos(now - start))
                + rate(now));
    }

    private String words(long now) {
        if (total <= 0 || done > total) {
            return task + ": " + number(done) + " " + unit + rate(now);
        }
        String words = task + ": " + number(done) + " of " + number(total) + " " + unit
                + String.format(Locale.ROOT, " (%.0f %%)", Math.floor(PERCENT * done / total)) + rate(now);
        return done == 0 ? words : words + ", " + Elapsed.words(left(now)) + " left";
    }

    private Duration left(long now) {
        return Duration.ofNanos((long) ((double) (now - start) / done * (total - done)));
    }

    private String rate(long now) {
        double seconds = (now - start) / 1e9;
        if (seconds <= 0 || done == 0) {
            return "";
        }
        double rate = done / seconds;
        return ", " + (rate < 10 ? String.format(Locale.ROOT, "%.1f", rate) : number(Math.round(rate))) + "/s";
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
