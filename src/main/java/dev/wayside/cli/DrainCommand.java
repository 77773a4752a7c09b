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
import java.time.Instant;
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
        String now = Instant.now().toString();
        List<JournalReport.Sink> waiting = waiting(file, now);
        long total = backlog(waiting);
        if (!waiting.isEmpty()) {
            Progress progress = new Progress("drain", "events", total, StatusLine.ofStandardError());
            while (!waiting.isEmpty()) {
                JournalOptions.requireRunning(file);
                requireEnabled(waiting);
                TimeUnit.MILLISECONDS.sleep(JournalOptions.POLL_MILLIS);
                waiting = waiting(file, now);
                progress.at(Math.max(0, total - backlog(waiting)));
            }
            progress.end();
        }
        spec.commandLine().getOut().println(Phrases.events(total) + " waited, and all are delivered.");
        spec.commandLine().getOut().flush();
        return 0;
    }

    /** The wanted sinks that still have to deliver an event from before that time. */
    private List<JournalReport.Sink> waiting(Path file, String time)
            throws SQLException, IOException, JournalException {
        List<JournalReport.Sink> all = JournalClient.report(file).sinks();
        List<String> known = all.stream().map(JournalReport.Sink::name).toList();
        sinks.stream().filter(sink -> !known.contains(sink)).findFirst().ifPresent(unknown -> {
            throw new InvalidInputException(
                    "The journal knows no sink '" + unknown + "'. It knows: " + String.join(", ", known) + ".");
        });
        return all.stream()
                .filter(sink -> sinks.isEmpty() ? sink.active() : sinks.contains(sink.name()))
                .filter(sink -> sink.backlog() > 0 && sink.waitingSince().compareTo(time) < 0)
                .toList();
    }

    private static void requireEnabled(List<JournalReport.Sink> waiting) {
        waiting.stream().filter(sink -> !sink.active()).findFirst().ifPresent(off -> {
            throw new UnavailableException(
                    Phrases.events(off.backlog()) + " wait for " + off.name() + ". " + Phrases.off(off.name()));
        });
    }

    private static long backlog(List<JournalReport.Sink> waiting) {
        return waiting.stream().mapToLong(JournalReport.Sink::backlog).sum();
    }
}
