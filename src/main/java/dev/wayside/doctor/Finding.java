package dev.wayside.doctor;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One line of the report.
 *
 * @param state how it is
 * @param check what was checked, such as {@code mqtt certificate}
 * @param message what was found; for a warning or a problem, the cause and what to do
 */
public record Finding(State state, String check, String message) {
    /** From good to bad. */
    public enum State {
        /** It works. */
        OK,
        /** Wayside runs, but something is not as it should be, or could not be checked. */
        WARNING,
        /** A part of Wayside does not work. */
        PROBLEM;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The values by their names, for JSON. */
    public Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("state", state.toString());
        plain.put("check", check);
        plain.put("message", message);
        return plain;
    }
}
