package dev.wayside.journal;

import static dev.wayside.journal.JournalFlow.event;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
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

    static void fill(JournalFlow flow, int first, int last) {
        String padding = "x".repeat(500);
        for (int i = first; i <= last; i++) {
            Map<String, Object> event = event(i);
            event.put("padding", padding);
            flow.append(event);
        }
    }

    static String size(Path file) {
        return String.valueOf(file.toFile().length());
    }
}
