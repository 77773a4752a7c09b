package dev.wayside.status;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Decides when something that happens again and again is said: at once when its reason is a new one, then once a minute,
 * or as often as its owner wants, with how often it happened. The same reason with other numbers in it, such as a server's memory, is the same; when they
 * are too many to be told apart, they count as one. What has not happened for so long is forgotten then. Not thread-safe.
 */
public final class Repetition {
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final int MOST_REASONS = 8;
    private static final String OTHERS = "";

    private final LongSupplier nanoTime;
    private final long quiet;
    private final Map<String, Said> byReason = new HashMap<>();

    /**
     * Begins with nothing said.
     *
     * @param nanoTime {@link System#nanoTime()}, or a test's clock
     */
    public Repetition(LongSupplier nanoTime) {
        this(nanoTime, QUIET);
    }

    /**
     * Begins with nothing said.
     *
     * @param nanoTime {@link System#nanoTime()}, or a test's clock
     * @param quiet the least time before the same reason is said again
     */
    public Repetition(LongSupplier nanoTime, Duration quiet) {
        this.nanoTime = nanoTime;
        this.quiet = quiet.toNanos();
    }

    /**
     * It happened.
     *
     * @param first says the reason for the first time
     * @param again says it once more, and gets how often it happened since it was said last, this time included
     */
    public void add(String reason, Runnable first, LongConsumer again) {
        long now = nanoTime.getAsLong();
        String key = withoutNumbers(reason);
        if (!byReason.containsKey(key) && byReason.size() >= MOST_REASONS) {
            byReason.values().removeIf(old -> now - old.happened > quiet);
            if (byReason.size() >= MOST_REASONS) {
                key = OTHERS;
            }
        }
        Said said = byReason.get(key);
        if (said == null) {
            byReason.put(key, new Said(now));
            first.run();
        } else {
            said.since++;
            said.happened = now;
            if (now - said.last >= quiet) {
                again.accept(said.since);
                said.since = 0;
                said.last = now;
            }
        }
    }

    /** Whatever happens next is news. */
    public void forget() {
        byReason.clear();
    }

    /** Whether two reasons differ in numbers at the most; either may be null. */
    public static boolean isSame(String reason, String other) {
        return reason == null || other == null
                ? reason == null && other == null
                : withoutNumbers(reason).equals(withoutNumbers(other));
    }

    private static String withoutNumbers(String reason) {
        return reason.replaceAll("\\d+", "0");
    }

    private static final class Said {
        private long last;
        private long happened;
        private long since;

        Said(long now) {
            last = now;
            happened = now;
        }
    }
}
