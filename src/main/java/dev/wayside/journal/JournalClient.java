package dev.wayside.journal;

import dev.wayside.failure.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What another process asks of a journal, whether Wayside uses it at the moment or not: to deliver something again, or
 * to forget dead letters. A running Wayside sees it within a second.
 */
public final class JournalClient implements AutoCloseable {
    private final Connection connection;

    private JournalClient(Connection connection) {
        this.connection = connection;
    }

    /**
     * Connects; a file of an older form is brought up to date.
     *
     * @param file that is there
     * @throws JournalException if the file is no journal, is damaged, or belongs to a Wayside of another version
     */
    public static JournalClient to(Path file) throws SQLException, IOException, JournalException {
        return new JournalClient(new JournalFile(file.toAbsolutePath()).connect());
    }

    /**
     * What is in a journal, which is only read: no form is too old.
     *
     * @param file that is there
     * @throws JournalException if the file is no journal, or is damaged
     */
    public static JournalReport report(Path file) throws SQLException, IOException, JournalException {
        return new JournalFile(file.toAbsolutePath()).report();
    }

    /**
     * Whether a sink is switched on in Wayside's current, or latest, run.
     *
     * @throws InvalidInputException if the journal knows no such sink; the message names those that it knows
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

    /** Events that sinks get again. */
    public Replays replays() {
        return new Replays(connection);
    }

    /** Events that sinks refused for good. */
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
