package dev.wayside.doctor;

import dev.wayside.config.JournalKeys;
import dev.wayside.config.Settings;
import dev.wayside.config.SinkKeys;
import dev.wayside.failure.Reason;
import dev.wayside.journal.JournalClient;
import dev.wayside.journal.JournalException;
import dev.wayside.journal.JournalReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Reads the journal, without changing it, and says which sinks do not get on.
 *
 * @param file the journal's
 * @param settings say when a sink is late
 */
record JournalCheck(Path file, Settings settings) implements Check {
    @Override
    public String name() {
        return "journal";
    }

    @Override
    public void run(Findings findings) throws IOException {
        if (!Files.exists(file)) {
            findings.ok(name(), file + " does not exist yet; the first start makes it");
            return;
        }
        try {
            JournalReport report = JournalClient.report(file);
            findings.ok(name(), file + " keeps " + events(report.events()));
            report.sinks().forEach(sink -> sink(sink, findings));
        } catch (JournalException e) {
            findings.warning(name(), e.getMessage());
        } catch (SQLException e) {
            findings.problem(
                    name(),
                    file + " cannot be read: " + Reason.ofRoot(e) + ". Give this user the permission, or set "
                            + JournalKeys.PATH + " to another file");
        }
    }

    private void sink(JournalReport.Sink sink, Findings findings) {
        String reason = sink.reason(settings.get(SinkKeys.lateAfter(sink.name())));
        String name = "journal " + sink.name();
        if (sink.active() && reason != null) {
            findings.warning(name, "the sink did not get on when Wayside ran last: " + reason);
        }
        if (sink.deadLetters() > 0) {
            findings.warning(
                    name,
                    events(sink.deadLetters()) + " were refused for good: ./wayside dead-letters list --sink "
                            + sink.name() + " shows the reasons");
        }
    }

    private static String events(long count) {
        return count == 1 ? "1 event" : count + " events";
    }
}
