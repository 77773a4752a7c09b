package dev.wayside.journal;

import dev.wayside.failure.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Gives another process access to a journal, whether Wayside is running or not: to replay events, and to retry or
 * delete dead letters. A running Wayside notices a request within a second.
 */
public final class JournalClient implements AutoCloseable {
    private final Connection connection;

    private JournalClient(Connection connection) {
        this.connection = connection;
    }

    /**
     * Connects; a file with an older schema is migrated.
     *
     * @param file must exist
     * @throws JournalException if the file is not a journal, is damaged, or is in use by a Wayside of another version
     */
    public static JournalClient to(Path file) throws SQLException, IOException, JournalException {
        return new JournalClient(new JournalFile(file.toAbsolutePath()).connect());
    }

    /**
     * Reads the report of a journal without changing the file, whatever its schema version.
     *
     * @param file must exist
     * @throws JournalException if the file is not a journal, or is damaged
     */
    public static JournalReport report(Path file) throws SQLException, IOException, JournalException {
        return new JournalFile(file.toAbsolutePath()).report();
    }

    /**
     * The process of the Wayside that runs with a journal. Opens and locks nothing.
     *
     * @param file may be missing
     * @return empty if none does, or it cannot be seen from here
     */
    public static OptionalLong user(Path file) throws IOException {
        return LockHolder.of(JournalFile.lockFile(file.toAbsolutePath()));
    }

    /**
     * Whether a sink is enabled in Wayside's current or latest run.
     *
     * @throws InvalidInputException if the journal has no such sink; the message lists those that it has
     */
    public boolean isOn(String sink) throws SQLException, JournalException {
        Map<String, Boolean> sinks = sinks();
        if (!sinks.containsKey(sink)) {
            throw new InvalidInputException("The journal knows no sink '" + sink + "'. "
                    + (sinks.isEmpty()
                            ? "It knows none yet."
                            : "It knows: " + String.join(", ", sinks.keySet()) + "."));
        }
        return sinks.get(sink);
    }

    /** Whether a user has paused a sink in Wayside's current or latest run. */
    public boolean isPaused(String sink) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select 1 from cursor where sink = ? and paused = 1")) {
            statement.setString(1, sink);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    /** The replays of events to sinks. */
    public Replays replays() {
        return new Replays(connection);
    }

    /** The events that sinks refused permanently. */
    public DeadLetters deadLetters() {
        return new DeadLetters(connection);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private Map<String, Boolean> sinks() throws SQLException {
        Map<String, Boolean> sinks = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement("select sink, active from cursor");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                sinks.put(row.getString(1), row.getBoolean(2));
            }
        }
        return sinks;
    }
}
