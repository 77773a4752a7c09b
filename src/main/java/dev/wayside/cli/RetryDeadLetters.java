package dev.wayside.cli;

import dev.wayside.journal.DeadLetters;
import dev.wayside.journal.JournalClient;
import dev.wayside.journal.JournalException;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code wayside dead-letters retry}. */
@Command(
        name = "retry",
        description = "Delivers dead letters to their sink again. Those that it accepts are removed;"
                + " those that it refuses again stay, with the new reason.")
final class RetryDeadLetters implements Callable<Integer> {
    @Mixin
    private JournalOptions journal;

    @Mixin
    private DeadLetterChoice chosen;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws SQLException, IOException, JournalException {
        try (JournalClient client = journal.connect()) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(retry(client));
            out.flush();
        }
        return 0;
    }

    private String retry(JournalClient client) throws SQLException, JournalException {
        String sink = chosen.sink();
        DeadLetters.Choice choice = chosen.in(client, null);
        DeadLetters.Count count = client.deadLetters().count(sink, choice);
        if (count.letters() == 0) {
            return sink + " has no dead letters.";
        }
        if (chosen.isDryRun()) {
            return Phrases.letters(count) + " would be retried. Nothing was changed.";
        }
        client.deadLetters().retry(sink, choice);
        return client.isOn(sink)
                ? Phrases.letters(count) + ": " + sink
                        + " will get them again as soon as Wayside runs and no other events"
                        + " are waiting for it; ./wayside journal shows how many are left."
                : Phrases.letters(count) + ": " + Phrases.off(sink);
    }
}
