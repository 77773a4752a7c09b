package dev.wayside.journal;

import static dev.wayside.journal.JournalFlow.event;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A journal in a folder of its own. */
abstract class OneJournal {
    static final long MEGA = 1024 * 1024;

    @TempDir
    Path directory;

    Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("journal.db");
    }

    static void execute(JournalFlow flow, String sql) throws Exception {
        try (Connection connection = flow.journal().writer().getConnection()) {
            Sql.execute(connection, sql);
        }
    }

    /** Adds events of about 700 bytes in one commit. */
    static void fill(JournalFlow flow, int first, int last) throws SQLException {
        flow.insert(IntStream.rangeClosed(first, last).mapToObj(i -> {
            Map<String, Object> event = event(i);
            event.put("padding", "x".repeat(500));
            return event;
        }));
    }

    static String size(Path file) {
        return String.valueOf(file.toFile().length());
    }
}
