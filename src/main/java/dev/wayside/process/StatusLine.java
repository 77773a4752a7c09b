package dev.wayside.process;

import dev.wayside.status.Progress;
import java.io.PrintStream;
import java.time.Duration;

/**
 * The last line of a terminal, which is rewritten while something goes on. Elsewhere, progress appears as plain lines at
 * longer intervals.
 */
public final class StatusLine implements Progress.Output {
    /** The launcher sets it if the standard error output is a terminal. */
    static final String PROPERTY = "wayside.terminal";

    private static final Duration REWRITTEN = Duration.ofMillis(200);
    private static final Duration PLAIN = Duration.ofSeconds(10);
    private static final String ERASED = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private boolean shown;

    StatusLine(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** On the standard error output, so that the standard output stays free for results. */
    public static StatusLine ofStandardError() {
        return new StatusLine(System.err, Boolean.getBoolean(PROPERTY));
    }

    /**
     * Replaces the line; shows nothing elsewhere. Afterwards the cursor is at its beginning, so that a message of a library
     * overwrites it.
     */
    public synchronized void show(String text) {
        if (terminal) {
            out.print(ERASED + text + "\r");
            out.flush();
            shown = true;
        }
    }

    /** Erases it, before other output. */
    public synchronized void clear() {
        if (shown) {
            out.print(ERASED);
            out.flush();
            shown = false;
        }
    }

    @Override
    public Duration interval() {
        return terminal ? REWRITTEN : PLAIN;
    }

    @Override
    public synchronized void running(String line) {
        if (terminal) {
            show(line);
        } else {
            out.println(line);
        }
    }

    @Override
    public synchronized void ended(String line) {
        clear();
        out.println(line);
    }
}
