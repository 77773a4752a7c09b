package dev.wayside.journal;

import dev.wayside.status.Reason;
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

    private final DataSource writer;
    private final Map<String, String> wordsOfSink = new ConcurrentHashMap<>();

    SinkErrors(DataSource writer) {
        this.writer = writer;
    }

    void failed(String sink, Throwable failure) {
        String words = Reason.of(failure);
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
