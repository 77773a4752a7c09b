package dev.wayside.cli;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.failure.UnavailableException;
import dev.wayside.journal.JournalClient;
import dev.wayside.journal.JournalException;
import dev.wayside.journal.Replays;
import dev.wayside.process.StatusLine;
import dev.wayside.status.Progress;
import dev.wayside.text.PointInTime;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wayside replay}: delivers events from the journal to a sink again. It works whether Wayside runs or not. */
@Command(
        name = "replay",
        description = "Delivers events that are still in the journal to one sink again.",
        footer = {
            "",
            "TIME is 2026-11-24T10:00:00Z, 2026-11-24T11:00:00+01:00, 2026-11-24T11:00 or 2026-11-24 (both in this"
                    + " machine's zone), now, or how long ago: 90s, 30m, 2h, 1d12h.",
            "Example: ./wayside replay --sink influxdb --from 2h --to 30m --dry-run"
        })
final class ReplayCommand implements Callable<Integer> {
    @Mixin
    private JournalOptions journal;

    @Option(names = "--sink", required = true, paramLabel = "SINK", description = "The sink.")
    private String sink;

    @Option(names = "--from", paramLabel = "TIME", description = "The earliest event time, inclusive.")
    private String from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            defaultValue = "now",
            description = "The latest event time, exclusive (default: ${DEFAULT-VALUE}).")
    private String to;

    @Option(names = "--dry-run", description = "Only prints how many there are.")
    private boolean dryRun;

    @Option(
            names = "--wait",
            description = "Waits until the running Wayside has delivered them, and shows the progress.")
    private boolean wait;

    @Option(names = "--cancel", description = "Cancels the rest of earlier replays to this sink.")
    private boolean cancel;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws SQLException, IOException, JournalException, InterruptedException {
        if (cancel == (from != null)) {
            throw new InvalidInputException("Use either --from TIME, to deliver events again, or --cancel.");
        }
        PointInTime times = new PointInTime(Clock.systemDefaultZone());
        Instant begin = from == null ? null : times.read("--from", from);
        Instant end = times.read("--to", to);
        if (begin != null && !begin.isBefore(end)) {
            throw new InvalidInputException(
                    "--from is " + begin + ", which is not before --to, " + end + ": the time range is empty.");
        }
        try (JournalClient client = journal.connect()) {
            boolean on = client.isOn(sink);
            String said = cancel ? cancel(client.replays()) : replay(client.replays(), begin, end, on);
            PrintWriter out = spec.commandLine().getOut();
            out.println(said);
            out.flush();
            if (wait && !cancel && !dryRun) {
                await(client);
            }
        }
        return 0;
    }

    private String replay(Replays replays, Instant begin, Instant end, boolean on) throws SQLException {
        Replays.Match match = replays.find(sink, begin, end);
        if (match.events() == 0) {
            return nothing(replays, begin, end, match.waiting());
        }
        if (!dryRun) {
            replays.ask(sink, begin, end, match);
        }
        return found(match) + System.lineSeparator() + outcome(on);
    }

    /** Earlier replays to the sink come first, so they count, too. */
    private void await(JournalClient client) throws SQLException, IOException, JournalException, InterruptedException {
        Path file = journal.file();
        Replays replays = client.replays();
        long total = replays.left(sink);
        Progress progress = new Progress("replay to " + sink, "events", total, StatusLine.ofStandardError());
        for (long left = total; left > 0; left = replays.left(sink)) {
            JournalOptions.requireRunning(file);
            requireDelivering(client, left);
            progress.at(total - left);
            TimeUnit.MILLISECONDS.sleep(JournalOptions.POLL_MILLIS);
        }
        progress.at(total);
        progress.end();
    }

    /** Fails if the sink is off or paused, because waiting for it would never end. */
    private void requireDelivering(JournalClient client, long left) throws SQLException, JournalException {
        boolean on = client.isOn(sink);
        if (!on || client.isPaused(sink)) {
            throw new UnavailableException(
                    Phrases.waiting(left) + " to be replayed. " + (on ? Phrases.paused(sink) : Phrases.off(sink)));
        }
    }

    private String cancel(Replays replays) throws SQLException {
        long left = replays.left(sink);
        if (left == 0) {
            return "There is no replay to " + sink + " to cancel.";
        }
        if (dryRun) {
            return "The replay of " + Phrases.events(left) + " to " + sink
                    + " would be cancelled. Nothing was changed.";
        }
        replays.cancel(sink);
        return "The replay of " + Phrases.events(left) + " to " + sink + " is cancelled.";
    }

    private String nothing(Replays replays, Instant begin, Instant end, long waiting) throws SQLException {
        if (waiting > 0) {
            return "Nothing to replay: from that time the journal has " + Phrases.events(waiting) + " that " + sink
                    + " has not received yet and will get anyway.";
        }
        return "Nothing to replay: the journal has no event from " + begin + " to " + end + ". "
                + replays.span()
                        .map(span -> "It has events from " + span.first() + " to " + span.last() + ".")
                        .orElse("It has no events at all.");
    }

    private String found(Replays.Match match) {
        String cameras = match.eventsOfCamera().entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
        return Phrases.events(match.events()) + " from " + match.span().first() + " to "
                + match.span().last() + " (" + cameras + ")."
                + (match.waiting() == 0
                        ? ""
                        : " Not counted: " + Phrases.events(match.waiting()) + " from that time that " + sink
                                + " has not received yet and will get anyway.");
    }

    private String outcome(boolean on) {
        if (dryRun) {
            return "Nothing was changed. Without --dry-run, they would be delivered to " + sink + " again.";
        }
        return on
                ? sink + " will get them again as soon as Wayside runs and no new events are waiting for it;"
                        + " ./wayside journal shows how many are left."
                : Phrases.off(sink);
    }
}
