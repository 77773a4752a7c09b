package dev.wayside.cli;

import dev.wayside.failure.Causes;
import dev.wayside.failure.InvalidInputException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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
        Optional<Throwable> own = deepest(failure, InvalidInputException.class::isInstance)
                .or(() -> deepest(failure, cause -> cause.getClass().getName().startsWith(OURS)));
        return "wayside: "
                + own.map(Throwable::getMessage)
                        .or(() -> JavaErrors.sentence(failure))
                        .orElseGet(() -> chain(failure))
                + bug(failure).map(Sentences::hint).orElse("");
    }

    private static String hint(Throwable root) {
        return System.lineSeparator() + "This is a bug in Wayside, not a mistake of yours: "
                + root.getClass().getSimpleName() + " at " + root.getStackTrace()[0]
                + ". Please report it, with what --set log.level=debug shows.";
    }

    /** Whether the user can mend it in the settings, on the command line or in a file that they name. */
    static boolean isUsersMistake(Throwable failure) {
        return deepest(failure, InvalidInputException.class::isInstance).isPresent();
    }

    /**
     * What is at the bottom if our own code went wrong: an error that Java itself has a type for, thrown by our code or by
     * what of the JDK it called.
     */
    private static Optional<Throwable> bug(Throwable failure) {
        Throwable root = Causes.root(failure);
        boolean unexpected =
                root instanceof Error || root instanceof RuntimeException && !(root instanceof UncheckedIOException);
        boolean ours = unexpected && isOfTheJdk(root.getClass().getName()) && cameFromOurs(root);
        return ours && !isUsersMistake(failure) ? Optional.of(root) : Optional.empty();
    }

    private static boolean cameFromOurs(Throwable root) {
        for (StackTraceElement element : root.getStackTrace()) {
            if (!isOfTheJdk(element.getClassName())) {
                return element.getClassName().startsWith(OURS);
            }
        }
        return false;
    }

    private static boolean isOfTheJdk(String className) {
        return className.startsWith("java.") || className.startsWith("jdk.") || className.startsWith("sun.");
    }

    /** SQLite's own words, "database is locked", sound as if something had to be unlocked. */
    private static boolean isBusy(Throwable failure) {
        return deepest(
                        failure,
                        cause -> cause instanceof SQLiteException sqlite
                                && (sqlite.getResultCode().code & PRIMARY_CODE) == SQLiteErrorCode.SQLITE_BUSY.code)
                .isPresent();
    }

    private static Optional<Throwable> deepest(Throwable failure, Predicate<Throwable> wanted) {
        List<Throwable> causes = Causes.of(failure);
        Collections.reverse(causes);
        return causes.stream().filter(wanted).findFirst();
    }

    private static String chain(Throwable failure) {
        Set<String> sentences = new LinkedHashSet<>();
        for (Throwable cause : Causes.of(failure)) {
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
