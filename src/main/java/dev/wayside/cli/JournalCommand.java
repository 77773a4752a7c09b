package dev.wayside.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.wayside.config.Settings;
import dev.wayside.config.SinkKeys;
import dev.wayside.journal.JournalClient;
import dev.wayside.journal.JournalException;
import dev.wayside.journal.JournalReport;
import dev.wayside.status.Elapsed;
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

/** {@code wayside journal}: the journal's content and each sink's progress. It works whether Wayside runs or not. */
@Command(name = "journal", description = "Shows the content of the journal and the progress of each sink.")
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
        Settings settings = options.settings();
        Path file = options.file(settings);
        JournalReport report = JournalClient.report(file);
        spec.commandLine().getOut().print(json ? json(file, report, settings) : table(file, report, settings));
        spec.commandLine().getOut().flush();
        return 0;
    }

    private static String json(Path file, JournalReport report, Settings settings) throws IOException {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("path", file.toString());
        plain.putAll(report.plain());
        plain.put(
                "sinks",
                report.sinks().stream().map(sink -> plain(sink, settings)).toList());
        return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(plain) + "\n";
    }

    private static Map<String, Object> plain(JournalReport.Sink sink, Settings settings) {
        Map<String, Object> plain = sink.plain();
        plain.put("state", sink.state(limit(sink, settings)).toString());
        plain.put("reason", sink.reason(limit(sink, settings)));
        return plain;
    }

    private static Duration limit(JournalReport.Sink sink, Settings settings) {
        return settings.get(SinkKeys.lateAfter(sink.name()));
    }

    private static String table(Path file, JournalReport report, Settings settings) {
        StringBuilder table = new StringBuilder(
                String.format(Locale.ROOT, "%s: %.1f MB, %d events", file, report.bytes() / MEGA, report.events()));
        if (report.oldest() != null) {
            table.append(", the oldest from ").append(report.oldest());
        }
        boolean again = report.sinks().stream().anyMatch(sink -> sink.replaying() + sink.retrying() > 0);
        table.append(String.format("%n%n%-16s %10s %11s %10s %10s", "sink", "backlog", "waits", "dropped", "dead"))
                .append(again ? String.format(" %10s %10s", "replaying", "retrying") : "")
                .append(String.format("  state%n"));
        for (JournalReport.Sink sink : report.sinks()) {
            table.append(String.format(
                            "%-16s %10d %11s %10d %10d",
                            sink.name(),
                            sink.backlog(),
                            sink.backlog() == 0 ? "-" : Elapsed.words(Duration.ofSeconds(sink.waitingSeconds())),
                            sink.dropped(),
                            sink.deadLetters()))
                    .append(again ? String.format(" %10d %10d", sink.replaying(), sink.retrying()) : "")
                    .append(String.format("  %s%n", words(sink, settings)));
        }
        return table.toString();
    }

    /** The reason if the sink does not work, otherwise its state. */
    private static String words(JournalReport.Sink sink, Settings settings) {
        Duration limit = limit(sink, settings);
        String reason = sink.reason(limit);
        return reason == null ? sink.state(limit).toString() : reason;
    }
}
