package dev.wayside.journal;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A sink's status at one moment.
 *
 * @param name the sink's name
 * @param state see {@link State}
 * @param lastError why it fails, or what it refuses everything for; null if it does neither
 * @param failingSince by the wall clock; null if it does not fail
 * @param reason why it does not work, as a sentence; null if it works
 * @param progress how far it has got; null while the journal cannot be read
 */
public record SinkStatus(
        String name, State state, String lastError, Instant failingSince, String reason, JournalReport.Sink progress) {

    /** The possible states of a sink. */
    public enum State {
        /** No route delivers to it in this run, so it is only in the file, not in the status. */
        OFF,
        /** A user has paused it: its events wait. */
        PAUSED,
        /** It has had nothing to deliver since it was registered. */
        IDLE,
        /** It delivers its events. */
        WORKS,
        /** Its oldest waiting event is older than {@code <sink>.late-after}. */
        LATE,
        /** Its last batch failed, or it refuses everything. Ends when an event is delivered. */
        FAILING;

        /** The name in the status, such as {@code works}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The values for the status, including the given counts. */
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
