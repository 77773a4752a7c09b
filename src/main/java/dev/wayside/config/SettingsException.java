package dev.wayside.config;

import dev.wayside.failure.InvalidInputException;
import java.util.List;

/** Invalid settings. The message is for the user and says what to change. */
public final class SettingsException extends InvalidInputException {
    private static final long serialVersionUID = 1L;

    /**
     * Reports all problems.
     *
     * @param problems one sentence each
     */
    public SettingsException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }

    /** Reports one problem. */
    public SettingsException(String problem) {
        this(List.of(problem));
    }
}
