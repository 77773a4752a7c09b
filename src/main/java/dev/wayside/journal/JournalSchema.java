package dev.wayside.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The schema of a journal's file and its migrations: script 1 creates it, each further script makes the next version.
 */
final class JournalSchema {
    static final int NEWEST = 5;

    private final List<String> scripts;

    /**
     * Makes a schema from scripts, such as those of a test.
     *
     * @param scripts the first creates version 1 in an empty file, each further one makes the next version
     */
    JournalSchema(List<String> scripts) {
        this.scripts = scripts;
    }

    static JournalSchema newest() {
        List<String> scripts = new ArrayList<>();
        for (int version = 1; version <= NEWEST; version++) {
            scripts.add(read("/journal/" + version + ".sql"));
        }
        return new JournalSchema(scripts);
    }

    /**
     * Migrates the file to the newest version, each step in its own transaction.
     *
     * @throws JournalException if a newer Wayside created the file, which is then left unchanged
     */
    void migrate(Connection connection) throws SQLException, JournalException {
        int version = version(connection);
        if (version > scripts.size()) {
            throw new JournalException("the journal has schema version " + version + " of a newer Wayside, and this"
                    + " Wayside supports versions up to " + scripts.size() + ": start the newer Wayside, or set"
                    + " journal.path to another file");
        }
        for (; version < scripts.size(); version++) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("begin immediate");
                try {
                    executeAll(statement, scripts.get(version));
                    statement.execute("pragma user_version = " + (version + 1));
                    statement.execute("commit");
                } catch (SQLException e) {
                    Transaction.afterwards(() -> statement.execute("rollback"), e);
                    throw e;
                }
            }
        }
    }

    static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("pragma user_version")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    /** A statement ends where a line ends in a semicolon, unless it is inside a trigger. */
    private static void executeAll(Statement statement, String script) throws SQLException {
        StringBuilder one = new StringBuilder();
        boolean trigger = false;
        for (String line : script.lines().toList()) {
            one.append(line).append('\n');
            trigger = trigger || line.startsWith("create trigger");
            if (trigger ? line.equals("end;") : line.endsWith(";")) {
                statement.execute(one.toString());
                one.setLength(0);
                trigger = false;
            }
        }
    }

    private static String read(String resource) {
        try (InputStream in = JournalSchema.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
