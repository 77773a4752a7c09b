package dev.wayside.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replaces a damaged file with a new one and keeps the damaged one beside it. */
final class Replacement {
    private static final Logger log = LoggerFactory.getLogger(Replacement.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String[] COMPANIONS = {"", "-wal", "-shm"};

    private final Path path;
    /** The complete new file, before it has taken the place of the damaged one. */
    private final Path salvaged;

    /**
     * Changes nothing yet.
     *
     * @param path the journal's file
     */
    Replacement(Path path) {
        this.path = path;
        this.salvaged = sibling(".salvaged");
    }

    /**
     * Copies what can be read into a new file, which replaces the damaged one only when it is complete. If a full disk
     * or a power failure interrupts this, the damaged file is still in place and the next attempt starts over.
     */
    void make(SQLException damage) throws SQLException, IOException, JournalException {
        Path salvaging = sibling(".salvaging");
        String saved;
        try {
            delete(salvaging);
            JournalFile.prepare(salvaging);
            try (Connection damaged = DriverManager.getConnection(JournalFile.url(path));
                    Connection fresh = DriverManager.getConnection(JournalFile.url(salvaging))) {
                saved = new Salvage(damaged, fresh).run();
            }
            if (Files.exists(salvaging.resolveSibling(salvaging.getFileName() + "-wal"))) {
                throw new IOException("the write-ahead log of the new journal was not merged into " + salvaging);
            }
            Files.move(salvaging, salvaged, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(salvaging);
        }
        Path aside = replace();
        log.warn(
                "journal: {} was damaged ({}); {}. The damaged file is kept as {}",
                path,
                damage.getMessage(),
                saved,
                aside.getFileName());
    }

    /** Completes a replacement that was interrupted after the new file was complete. */
    void finish() throws IOException {
        if (Files.exists(salvaged)) {
            Path aside = replace();
            log.warn(
                    "journal: {} was damaged; the events that could be saved are in the new file. The damaged file"
                            + " is kept as {}",
                    path,
                    aside.getFileName());
        }
    }

    /** Moves the damaged file aside and the new one into its place; may continue an interrupted replacement. */
    private Path replace() throws IOException {
        Path aside = sibling(".damaged-" + STAMP.format(Instant.now()));
        for (String companion : COMPANIONS) {
            Path from = sibling(companion);
            if (Files.exists(from)) {
                Files.move(from, aside.resolveSibling(aside.getFileName() + companion));
            }
        }
        Files.move(salvaged, path, StandardCopyOption.ATOMIC_MOVE);
        return aside;
    }

    private static void delete(Path file) throws IOException {
        for (String companion : COMPANIONS) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + companion));
        }
    }

    private Path sibling(String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }
}
