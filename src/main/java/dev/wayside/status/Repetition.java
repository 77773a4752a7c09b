package dev.wayside.status;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Decides when something that happens repeatedly is logged: a new reason at once, a known one at intervals (by default
 * a minute) with a count. Reasons that differ only in numbers, such as a server's memory, are the same. Above a maximum
 * number of reasons, reasons that have not occurred for an interval are forgotten, and further ones count as one. Not
 * thread-safe.
 */
public final class Repetition {
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final int MAX_REASONS = 8;
    private static final String OTHERS = "";

    private final LongSupplier nanoTime;
    private final long quiet;
    private final Map<String, Occurrences> byReason = new HashMap<>();

    /**
     * @param nanoTime {@link System#nanoTime()}, or a test's clock
     */
    public Repetition(LongSupplier nanoTime) {
        this(nanoTime, QUIET);
    }

    /**
     * @param nanoTime {@link System#nanoTime()}, or a test's clock
     * @param quiet the minimum time before the same reason is logged again
     */
    public Repetition(LongSupplier nanoTime, Duration quiet) {
        this.nanoTime = nanoTime;
        this.quiet = quiet.toNanos();
    }

    /**
     * Records one occurrence.
     *
     * @param first logs the reason for the first time
     * @param again logs it again; receives the number of occurrences since it was last logged, including this one
     */
    public void add(String reason, Runnable first, LongConsumer again) {
        long now = nanoTime.getAsLong();
        String key = withoutNumbers(reason);
        if (!byReason.containsKey(key) && byReason.size() >= MAX_REASONS) {
            byReason.values().removeIf(old -> now - old.happened > quiet);
            if (byReason.size() >= MAX_REASONS) {
                key = OTHERS;
            }
        }
        Occurrences known = byReason.get(key);
        if (known == null) {
            byReason.put(key, new Occurrences(now));
            first.run();
        } else {
            known.since++;
            known.happened = now;
            if (now - known.last >= quiet) {
                again.accept(known.since);
                known.since = 0;
                known.last = now;
            }
        }
    }

    /** Forgets all reasons, so that the next occurrence is logged at once. */
    public void forget() {
        byReason.clear();
    }

    /** Whether two reasons are equal apart from numbers; either may be null. */
    public static boolean isSame(String reason, String other) {
        return reason == null || other == null
                ? reason == null && other == null
                : withoutNumbers(reason).equals(withoutNumbers(other));
    }

    private static String withoutNumbers(String reason) {
        return reason.replaceAll("\\d+", "0");
    }

    private static final class Occurrences {
        private long last;
        private long happened;
        private long since;

        Occurrences(long now) {
            last = now;
            happened = now;
        }
    }
}
