package dev.wayside.cli;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says what went wrong without a stack trace. */
final class Sentences {
    private static final String OURS = "dev.wayside.";
    /** SQLite's extended codes have the kind of error in their lowest byte. */
    private static final int PRIMARY_CODE = 0xff;

    private Sentences() {}

    /**
     * The sentence for a failure: Wayside's own words where it has any, however deep frameworks have wrapped them; the
     * messages of the failure and its causes, each once, where it has none.
     */
    static String of(Throwable failure) {
        if (isBusy(failure)) {
            return "wayside: The journal is being written by others the whole time, and this waited in vain for some"
                    + " seconds. Nothing was changed; try it again.";
        }
        return "wayside: " + own(failure).map(Throwable::getMessage).orElseGet(() -> chain(failure));
    }

    /** SQLite's own words, "database is locked", sound as if something had to be unlocked. */
    private static boolean isBusy(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite
                    && (sqlite.getResultCode().code & PRIMARY_CODE) == SQLiteErrorCode.SQLITE_BUSY.code) {
                return true;
            }
        }
        return false;
    }

    /** Whether the user can mend it in the settings or in a file that they name. */
    static boolean isUsersMistake(Throwable failure) {
        return own(failure).isPresent();
    }

    /** The deepest exception about bad input that Wayside's own code threw. */
    private static Optional<Throwable> own(Throwable failure) {
        Throwable deepest = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            boolean badInput = cause instanceof IllegalArgumentException
                    || cause.getClass().getName().startsWith(OURS);
            StackTraceElement[] trace = cause.getStackTrace();
            if (badInput && trace.length > 0 && trace[0].getClassName().startsWith(OURS)) {
                deepest = cause;
            }
        }
        return Optional.ofNullable(deepest);
    }

    private static String chain(Throwable failure) {
        Set<String> sentences = new LinkedHashSet<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            String sentence = message == null ? cause.getClass().getSimpleName() : message.strip();
            // Camel and others repeat a cause's message in their own.
            if (sentences.stream().noneMatch(earlier -> earlier.contains(sentence))) {
                sentences.add(sentence);
            }
        }
        return String.join(System.lineSeparator() + "  because: ", sentences);
    }
}
