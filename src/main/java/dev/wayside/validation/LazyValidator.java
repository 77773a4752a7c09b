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
        RouteValidator now = validator.get();
        if (now == null) {
            now = new RouteValidator(surroundings.get());
            validator = new SoftReference<>(now);
        }
        return now.check(file, text);
    }

    /** The use of components and languages that are not allowed. It costs nothing if the text contains none of their names. */
    public List<Mistake> programsIn(Path file, String text) {
        return programs.isMentionedIn(text)
                ? check(file, text).stream().filter(ProgramPolicy::isRefusal).toList()
                : List.of();
    }

    /** The surroundings have changed: the next check looks at them again. */
    public synchronized void surroundingsChanged() {
        validator = new SoftReference<>(null);
    }
}
