package dev.wayside.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes for each sink why it fails, in its own words, and that it works again. Thread-safe. */
final class SinkErrors {
    private static final Logger log = LoggerFactory.getLogger(SinkErrors.class);
    private static final String OURS = "dev.wayside.";

    private final DataSource writer;
    private final Map<String, String> wordsOfSink = new ConcurrentHashMap<>();

    SinkErrors(DataSource writer) {
        this.writer = writer;
    }

    void failed(String sink, Throwable failure) {
        String words = sentence(failure);
        if (!words.equals(wordsOfSink.put(sink, words))) {
            write(sink, words);
        }
    }

    void works(String sink) {
        if (wordsOfSink.remove(sink) != null) {
            write(sink, null);
            log.info("journal: {} works again", sink);
        }
    }

    /** A sink begins anew: whatever it says next is news. */
    void forget(String sink) {
        wordsOfSink.remove(sink);
    }

    /** The outermost sentence that is Wayside's own, for it names the server and says what to do; else the root's. */
    static String sentence(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getClass().getName().startsWith(OURS) && cause.getMessage() != null) {
                return cause.getMessage();
            }
        }
        return rootWords(failure);
    }

    /** What was at the bottom of a failure. */
    static String rootWords(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private void write(String sink, String words) {
        try (Connection connection = writer.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("update cursor set last_error = ? where sink = ?")) {
            statement.setString(1, words);
            statement.setString(2, sink);
            statement.executeUpdate();
        } catch (SQLException e) {
            log.debug("cannot note the failure of {}", sink, e);
        }
    }
}
