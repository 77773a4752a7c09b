package dev.wayside.journal;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How a sink is at the moment.
 *
 * @param name the sink's
 * @param state see {@link State}
 * @param lastError what it fails with, or its refusals; null when it does neither
 * @param failingSince by the wall clock, null when it does not fail
 * @param reason why it does not work, in a sentence; null when it does
 * @param progress how far it is, null while the journal cannot be read
 */
public record SinkStatus(
        String name, State state, String lastError, Instant failingSince, String reason, JournalReport.Sink progress) {

    /** What a sink does. */
    public enum State {
        /** No route drains it in this run; so it is not in the status, only in the file. */
        OFF,
        /** Has had nothing to do since it was registered. */
        IDLE,
        /** Delivers what it gets. */
        WORKS,
        /** Its oldest waiting event is older than {@code <sink>.late-after}. */
        LATE,
        /** Its last batch failed, or it refuses everything; so it stays until something is delivered. */
        FAILING;

        /** As in the status, such as {@code works}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Plain values for the status, with what was counted in their midst. */
    Map<String, Object> plain(Map<String, Object> counts) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("name", name);
        plain.put("state", state.toString());
        if (progress != null) {
            plain.putAll(progress.figures());
        }
        plain.putAll(counts);
        plain.put("last_error", lastError);
        plain.put("failing_since", failingSince == null ? null : failingSince.toString());
        plain.put("reason", reason);
        return plain;
    }
}
