package dev.wayside.process;

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

/** The error message for a failure, without a stack trace. */
public final class ErrorMessage {
    private static final String OURS = "dev.wayside.";
    /** SQLite's extended codes have the kind of error in their lowest byte. */
    private static final int PRIMARY_CODE = 0xff;

    private ErrorMessage() {}

    /**
     * The message for a failure. It is Wayside's own message if there is one, however deep frameworks have wrapped it.
     * Otherwise it consists of the messages of the failure and its causes, each once.
     */
    public static String of(Throwable failure) {
        if (isBusy(failure)) {
            return "wayside: The journal was locked by other processes for several seconds. Nothing was changed; try"
                    + " again.";
        }
        Optional<Throwable> own = deepest(failure, InvalidInputException.class::isInstance)
                .or(() -> deepest(failure, cause -> cause.getClass().getName().startsWith(OURS)));
        return "wayside: "
                + own.map(Throwable::getMessage)
                        .or(() -> JavaErrors.message(failure))
                        .orElseGet(() -> chain(failure))
                + bug(failure).map(ErrorMessage::hint).orElse("");
    }

    private static String hint(Throwable root) {
        return System.lineSeparator() + "This is a bug in Wayside, not your mistake: "
                + root.getClass().getSimpleName() + " at " + root.getStackTrace()[0]
                + ". Please report it, with the log of a run with --set log.level=debug.";
    }

    /** Whether the user can fix it in the settings, on the command line or in a file that these name. */
    public static boolean isUsersMistake(Throwable failure) {
        return deepest(failure, InvalidInputException.class::isInstance).isPresent();
    }

    /**
     * The root cause if it is a bug of ours: one of Java's own exception types, thrown by our code or by JDK code that our
     * code called.
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

    /** SQLite's own message, "database is locked", sounds as if the user had to unlock something. */
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
