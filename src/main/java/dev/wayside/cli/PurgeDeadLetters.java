package dev.wayside.cli;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.journal.DeadLetters;
import dev.wayside.journal.JournalClient;
import dev.wayside.journal.JournalException;
import dev.wayside.text.PointInTime;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wayside dead-letters purge}. */
@Command(
        name = "purge",
        description = "Permanently deletes dead letters of a sink.",
        footer = {"", "For TIME, see ./wayside replay --help."})
final class PurgeDeadLetters implements Callable<Integer> {
    @Mixin
    private JournalOptions journal;

    @Mixin
    private DeadLetterChoice chosen;

    @Option(names = "--before", paramLabel = "TIME", description = "Only those that were refused before this time.")
    private String before;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws SQLException, IOException, JournalException {
        if (before != null && !chosen.ids().isEmpty()) {
            throw new InvalidInputException("Use either --id or --before, not both.");
        }
        Instant end = before == null ? null : new PointInTime(Clock.systemDefaultZone()).read("--before", before);
        try (JournalClient client = journal.connect()) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(purge(client, end));
            out.flush();
        }
        return 0;
    }

    private String purge(JournalClient client, Instant end) throws SQLException, JournalException {
        String sink = chosen.sink();
        DeadLetters.Choice choice = chosen.in(client, end);
        DeadLetters.Count count = client.deadLetters().count(sink, choice);
        if (count.letters() == 0) {
            return sink + " has no dead letters" + (end == null ? "." : " from before " + end + ".");
        }
        if (chosen.isDryRun()) {
            return Phrases.letters(count) + " would be deleted. Nothing was changed.";
        }
        client.deadLetters().purge(sink, choice);
        return Phrases.letters(count) + " deleted.";
    }
}
