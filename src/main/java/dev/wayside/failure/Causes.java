package dev.wayside.failure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The causes of a failure. An exception in a cycle of causes is listed once. */
public final class Causes {
    private Causes() {}

    /** The failure and all its causes, the outermost first. */
    public static List<Throwable> of(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    /** The root cause, or the failure itself if it has no cause. */
    public static Throwable root(Throwable failure) {
        List<Throwable> causes = of(failure);
        return causes.get(causes.size() - 1);
    }

    /** The outermost exception that matches, including the failure itself. */
    public static Optional<Throwable> first(Throwable failure, Predicate<Throwable> wanted) {
        return of(failure).stream().filter(wanted).findFirst();
    }

    /** The outermost exception of a type, including the failure itself. */
    public static <T extends Throwable> Optional<T> first(Throwable failure, Class<T> type) {
        return first(failure, type::isInstance).map(type::cast);
    }
}
