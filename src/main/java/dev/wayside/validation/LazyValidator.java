package dev.wayside.validation;

import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * A validator for a running process. It is created when a file must be checked, and given up again when memory is short.
 * Thread-safe.
 */
public final class LazyValidator {
    private final Supplier<Surroundings> surroundings;
    private final ProgramPolicy programs;
    private SoftReference<RouteValidator> validator = new SoftReference<>(null);
    private boolean isOutdated;

    /**
     * Creates nothing yet.
     *
     * @param surroundings supplies what files may refer to, now
     * @param programs which components and languages are allowed
     */
    public LazyValidator(Supplier<Surroundings> surroundings, ProgramPolicy programs) {
        this.surroundings = surroundings;
        this.programs = programs;
    }

    /** The mistakes in a file with this text. */
    public synchronized List<Mistake> check(Path file, String text) {
        return ready().check(file, text);
    }

    /** Creates the validator for a check that will probably follow, because that takes long. */
    public synchronized void prepare() {
        ready();
    }

    private RouteValidator ready() {
        RouteValidator now = validator.get();
        if (now == null || isOutdated) {
            now = now == null ? new RouteValidator(surroundings.get()) : now.in(surroundings.get());
            validator = new SoftReference<>(now);
            isOutdated = false;
        }
        return now;
    }

    /** The use of components and languages that are not allowed. It costs nothing if the text contains none of their names. */
    public List<Mistake> programsIn(Path file, String text) {
        return programs.isMentionedIn(text)
                ? check(file, text).stream().filter(ProgramPolicy::isRefusal).toList()
                : List.of();
    }

    /** The surroundings have changed: the next check looks at them again. */
    public synchronized void surroundingsChanged() {
        isOutdated = true;
    }
}
