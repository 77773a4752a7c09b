package dev.wayside.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;

/** The table fault × sink, printed as it grows into a file of the build. */
final class LossTable {
    private static final Path FILE = Path.of("target", "loss-matrix.txt");
    private static final double MILLIS_PER_SECOND = 1000.0;

    LossTable() throws IOException {
        Files.writeString(
                FILE,
                String.format(
                        Locale.ROOT,
                        "%-24s %-14s %9s %9s %7s %6s %11s %9s %9s%n",
                        "fault",
                        "sink",
                        "accepted",
                        "delivered",
                        "refused",
                        "lost",
                        "duplicates",
                        "repeated",
                        "recovery"));
    }

    /** Adds a line of text, and prints it. */
    void note(String line) throws IOException {
        Files.writeString(FILE, line + System.lineSeparator(), StandardOpenOption.APPEND);
        System.out.println(line);
    }

    /**
     * Adds a row.
     *
     * @return the row, for messages
     */
    String add(String fault, Target target, Oracle.Cell cell, Duration recovery) throws IOException {
        String row = String.format(
                Locale.ROOT,
                "%-24s %-14s %9d %9d %7d %6d %11s %9s %7.1f s%n",
                fault,
                target.sink(),
                cell.accepted(),
                cell.delivered(),
                cell.refused(),
                cell.lost(),
                target.hasTable() ? cell.duplicates() : "-",
                target.hasOrder() ? cell.repeated() : "-",
                recovery.toMillis() / MILLIS_PER_SECOND);
        Files.writeString(FILE, row, StandardOpenOption.APPEND);
        return row;
    }
}
