package dev.wayside.validation;

import java.nio.file.Path;
import java.util.Comparator;

/**
 * A mistake in a route or kamelet file.
 *
 * @param file the file
 * @param line the line, from 1
 * @param column the column, from 1
 * @param reason what is wrong and what is allowed, without a capital at the beginning
 */
public record Mistake(Path file, int line, int column, String reason) implements Comparable<Mistake> {
    private static final Comparator<Mistake> ORDER = Comparator.comparing(Mistake::file)
            .thenComparingInt(Mistake::line)
            .thenComparingInt(Mistake::column)
            .thenComparing(Mistake::reason);

    /** The mistake as {@code file:line:column: reason}, which editors and CI servers recognise as a position. */
    public String sentence() {
        return file + ":" + line + ":" + column + ": " + reason
                + (reason.endsWith(".") || reason.endsWith("?") ? "" : ".");
    }

    @Override
    public int compareTo(Mistake other) {
        return ORDER.compare(this, other);
    }
}
