package dev.wayside.cli;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.journal.DeadLetters;
import dev.wayside.journal.JournalClient;
import dev.wayside.journal.JournalException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that select the dead letters of a command. */
final class DeadLetterChoice {
    @Option(names = "--sink", required = true, paramLabel = "SINK", description = "The sink.")
    private String sink;

    @Option(
            names = "--id",
            paramLabel = "EVENT_ID",
            description = "Only the dead letter of this event; can be repeated. Without it, all.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--dry-run", description = "Only prints how many there are.")
    private boolean dryRun;

    String sink() {
        return sink;
    }

    List<String> ids() {
        return ids;
    }

    boolean isDryRun() {
        return dryRun;
    }

    /**
     * Checks that there is a dead letter for each id.
     *
     * @param before selects those that were refused before this time; null for any time
     * @throws InvalidInputException if the sink or one of the ids is unknown; the message names it
     */
    DeadLetters.Choice in(JournalClient client, Instant before) throws SQLException, JournalException {
        client.isOn(sink);
        DeadLetters.Choice choice = new DeadLetters.Choice(ids, before);
        List<String> unknown = client.deadLetters().unknown(sink, choice);
        if (!unknown.isEmpty()) {
            throw new InvalidInputException(sink + " has no dead letter with the event id " + String.join(", ", unknown)
                    + ". Nothing was changed.");
        }
        return choice;
    }
}
