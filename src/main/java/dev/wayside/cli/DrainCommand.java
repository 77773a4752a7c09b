package dev.wayside.cli;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.failure.UnavailableException;
import dev.wayside.journal.JournalClient;
import dev.wayside.journal.JournalException;
import dev.wayside.journal.JournalReport;
import dev.wayside.process.StatusLine;
import dev.wayside.status.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wayside drain}: waits until the events that wait now are delivered, for example before an update. */
@Command(
        name = "drain",
        description = "Waits until the running Wayside has delivered all events that wait now, and shows the progress.")
final class DrainCommand implements Callable<Integer> {
    @Mixin
    private JournalOptions journal;

    @Parameters(arity = "0..*", paramLabel = "SINK", description = "The sinks; all that are enabled if none is named.")
    private List<String> sinks = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws SQLException, IOException, JournalException, InterruptedException {
        Path file = journal.file();
        JournalReport report = JournalClient.report(file);
        // The events up to this one; by their times, a clock that is set back would seem to end the wait.
        long last = report.newest();
        long total = backlog(report, last);
        if (total > 0) {
            Progress progress = new Progress("drain", "events", total, StatusLine.ofStandardError());
            for (long left = total; left > 0; left = backlog(report, last)) {
                JournalOptions.requireRunning(file);
                requireDelivering(report, last);
                progress.at(Math.max(0, total - left));
                TimeUnit.MILLISECONDS.sleep(JournalOptions.POLL_MILLIS);
                report = JournalClient.report(file);
            }
            progress.at(total);
            progress.end();
        }
        spec.commandLine().getOut().println(Phrases.events(total) + " waited, and all are delivered.");
        spec.commandLine().getOut().flush();
        return 0;
    }

    /** The wanted sinks. */
    private List<JournalReport.Sink> wanted(JournalReport report) {
        List<JournalReport.Sink> all = report.sinks();
        List<String> known = all.stream().map(JournalReport.Sink::name).toList();
        sinks.stream().filter(sink -> !known.contains(sink)).findFirst().ifPresent(unknown -> {
            throw new InvalidInputException(
                    "The journal knows no sink '" + unknown + "'. It knows: " + String.join(", ", known) + ".");
        });
        return all.stream()
                .filter(sink -> sinks.isEmpty() ? sink.active() : sinks.contains(sink.name()))
                .toList();
    }

    /** Fails if events wait for a sink that is off or paused, because waiting for it would never end. */
    private void requireDelivering(JournalReport report, long last) {
        for (JournalReport.Sink sink : wanted(report)) {
            if (report.backlog(sink, last) > 0 && (sink.paused() || !sink.active())) {
                throw new UnavailableException(Phrases.waiting(sink.backlog()) + " for " + sink.name() + ". "
                        + (sink.active() ? Phrases.paused(sink.name()) : Phrases.off(sink.name())));
            }
        }
    }

    private long backlog(JournalReport report, long last) {
        return wanted(report).stream()
                .mapToLong(sink -> report.backlog(sink, last))
                .sum();
    }
}
