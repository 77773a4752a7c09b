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

/** A new file in the place of a damaged one, which is kept beside it. */
final class Replacement {
    private static final Logger log = LoggerFactory.getLogger(Replacement.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String[] COMPANIONS = {"", "-wal", "-shm"};

    private final Path path;
    /** Whole, but not yet in the place of the damaged file. */
    private final Path salvaged;

    /**
     * Prepares; changes nothing.
     *
     * @param path of the journal
     */
    Replacement(Path path) {
        this.path = path;
        this.salvaged = sibling(".salvaged");
    }

    /**
     * Saves what can be read into a new file, and only then lets it take the place of the damaged one: whatever stops it
     * half way, a full disk or the power, the damaged file stands where it stood, and the next attempt begins anew.
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
                throw new IOException("what was saved of a damaged journal did not all get into " + salvaging);
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

    /** Ends what was cut off when the new file was whole already. */
    void finish() throws IOException {
        if (Files.exists(salvaged)) {
            Path aside = replace();
            log.warn(
                    "journal: {} was damaged; what could be saved of it is in use. The damaged file is kept as {}",
                    path,
                    aside.getFileName());
        }
    }

    /** Sets the damaged file aside for the one that was salvaged from it, as far as that is not done yet. */
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
