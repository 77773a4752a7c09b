package dev.wayside.validation;

import dev.wayside.config.Suggestion;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Collects the mistakes of one file. */
final class Mistakes {
    private final Path file;
    private final Set<Mistake> found = new TreeSet<>();

    Mistakes(Path file) {
        this.file = file;
    }

    void add(YamlNode where, String reason) {
        found.add(new Mistake(file, where.line(), where.column(), reason));
    }

    /** Adds a mistake that ends with the nearest of the valid names. */
    void addUnknown(YamlNode where, String reason, String unknown, Collection<String> known) {
        add(where, reason + Suggestion.nearest(unknown, known));
    }

    Set<Mistake> found() {
        return found;
    }
}
