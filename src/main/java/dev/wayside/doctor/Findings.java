package dev.wayside.doctor;

import dev.wayside.doctor.Finding.State;
import dev.wayside.failure.Reason;
import java.util.function.Consumer;

/** Receives what the checks find, one line for each. */
final class Findings {
    private final Consumer<Finding> listener;

    /**
     * Passes each finding on at once.
     *
     * @param listener receives them in order
     */
    Findings(Consumer<Finding> listener) {
        this.listener = listener;
    }

    void ok(String check, String message) {
        add(State.OK, check, message);
    }

    void warning(String check, String message) {
        add(State.WARNING, check, message);
    }

    void problem(String check, String message) {
        add(State.PROBLEM, check, message);
    }

    /** A message can quote a server, so it is brought onto one line. */
    private void add(State state, String check, String message) {
        listener.accept(new Finding(state, check, Reason.line(message)));
    }
}
