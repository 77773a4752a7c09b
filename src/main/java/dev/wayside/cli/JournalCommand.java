package dev.wayside.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.wayside.journal.JournalException;
import dev.wayside.journal.JournalReport;
import dev.wayside.journal.JournalVisit;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wayside journal}: what is in the journal and how far each sink is, whether Wayside runs or not. */
@Command(name = "journal", description = "Shows what the journal holds and how far each sink is.")
final class JournalCommand implements Callable<Integer> {
    private static final double MEGA = 1024 * 1024;

    @Mixin
    private JournalOptions options;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, SQLException, JournalException {
        Path file = options.file();
        JournalReport report = JournalVisit.report(file);
        spec.commandLine().getOut().print(json ? json(file, report) : table(file, report));
        spec.commandLine().getOut().flush();
        return 0;
    }

    private static String json(Path file, JournalReport report) throws IOException {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("path", file.toString());
        plain.putAll(report.plain());
        return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(plain) + "\n";
    }

    private static String table(Path file, JournalReport report) {
        StringBuilder table = new StringBuilder(
                String.format(Locale.ROOT, "%s: %.1f MB, %d events", file, report.bytes() / MEGA, report.events()));
        if (report.oldest() != null) {
            table.append(", the oldest of ").append(report.oldest());
        }
        boolean again = report.sinks().stream().anyMatch(sink -> sink.replaying() + sink.retrying() > 0);
        table.append(String.format("%n%n%-16s %10s %10s %10s %10s", "sink", "backlog", "waits", "dropped", "dead"))
                .append(again ? String.format(" %10s %10s", "replaying", "retrying") : "")
                .append(String.format("  state%n"));
        for (JournalReport.Sink sink : report.sinks()) {
            table.append(String.format(
                            "%-16s %10d %10s %10d %10d",
                            sink.name(),
                            sink.backlog(),
                            sink.backlog() == 0 ? "-" : words(sink.waitingSeconds()),
                            sink.dropped(),
                            sink.deadLetters()))
                    .append(again ? String.format(" %10d %10d", sink.replaying(), sink.retrying()) : "")
                    .append(String.format("  %s%n", state(sink)));
        }
        return table.toString();
    }

    private static String state(JournalReport.Sink sink) {
        if (!sink.active()) {
            return "off";
        }
        return sink.lastError() == null ? "works" : sink.lastError();
    }

    private static String words(long seconds) {
        Duration waited = Duration.ofSeconds(seconds);
        if (waited.toDays() > 0) {
            return waited.toDays() + "d" + waited.toHoursPart() + "h";
        }
        if (waited.toHours() > 0) {
            return waited.toHours() + "h" + waited.toMinutesPart() + "m";
        }
        return waited.toMinutes() > 0 ? waited.toMinutes() + "m" + waited.toSecondsPart() + "s" : seconds + "s";
    }
}
