package dev.wayside.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.wayside.failure.InvalidInputException;
import dev.wayside.journal.DeadLetters;
import dev.wayside.journal.JournalClient;
import dev.wayside.journal.JournalException;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wayside dead-letters list}. */
@Command(name = "list", description = "Lists the dead letters of one sink, newest first, or counts those of all sinks.")
final class ListDeadLetters implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin
    private JournalOptions journal;

    @Option(names = "--sink", paramLabel = "SINK", description = "The sink. Without it, all sinks with their counts.")
    private String sink;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "The maximum number to list (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--json", description = "Prints a JSON array that includes the complete events.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws SQLException, IOException, JournalException {
        if (limit < 1) {
            throw new InvalidInputException("--limit is " + limit + "; it must be at least 1.");
        }
        try (JournalClient client = journal.connect()) {
            PrintWriter out = spec.commandLine().getOut();
            out.print(sink == null ? counts(client) : letters(client));
            out.flush();
        }
        return 0;
    }

    private String counts(JournalClient client) throws SQLException, IOException {
        List<DeadLetters.Count> counts = client.deadLetters().counts();
        if (json) {
            return array(counts.stream().map(ListDeadLetters::plain).toList());
        }
        StringBuilder table = new StringBuilder(
                String.format("%-16s %10s %10s  %-24s  %s%n", "sink", "letters", "retrying", "oldest", "newest"));
        for (DeadLetters.Count each : counts) {
            table.append(String.format(
                    "%-16s %10d %10d  %-24s  %s%n",
                    each.sink(),
                    each.letters(),
                    each.retrying(),
                    each.letters() == 0 ? "-" : each.oldest(),
                    each.letters() == 0 ? "-" : each.newest()));
        }
        return table.toString();
    }

    private String letters(JournalClient client) throws SQLException, IOException, JournalException {
        client.isOn(sink);
        List<DeadLetters.Letter> letters = client.deadLetters().newest(sink, limit);
        if (json) {
            return array(plain(letters));
        }
        long all = client.deadLetters()
                .count(sink, new DeadLetters.Choice(List.of(), null))
                .letters();
        if (all == 0) {
            return sink + " has no dead letters." + System.lineSeparator();
        }
        return table(letters)
                + (all > letters.size()
                        ? String.format("%nThe newest %d of %d; --limit N shows more.%n", letters.size(), all)
                        : "");
    }

    private static String table(List<DeadLetters.Letter> letters) {
        int width = letters.stream()
                .mapToInt(letter -> letter.eventId().length())
                .max()
                .orElse(1);
        String row = "%-24s  %-" + width + "s  %s%n";
        StringBuilder table = new StringBuilder(String.format(row, "time", "id", "reason"));
        for (DeadLetters.Letter letter : letters) {
            table.append(String.format(row, letter.time(), letter.eventId(), reason(letter)));
        }
        return table.toString();
    }

    /** A server's message can contain anything, even control characters that would move a terminal's cursor. */
    private static String reason(DeadLetters.Letter letter) {
        String reason = String.valueOf(letter.reason()).replaceAll("\\p{Cntrl}+", " ");
        return letter.retry() ? "(being retried) " + reason : reason;
    }

    private static Map<String, Object> plain(DeadLetters.Count count) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("sink", count.sink());
        plain.put("letters", count.letters());
        plain.put("retrying", count.retrying());
        plain.put("oldest", count.oldest());
        plain.put("newest", count.newest());
        return plain;
    }

    private static List<Map<String, Object>> plain(List<DeadLetters.Letter> letters) throws JsonProcessingException {
        List<Map<String, Object>> all = new ArrayList<>();
        for (DeadLetters.Letter letter : letters) {
            Map<String, Object> plain = new LinkedHashMap<>();
            plain.put("time", letter.time());
            plain.put("id", letter.eventId());
            plain.put("reason", letter.reason());
            plain.put("retry", letter.retry());
            plain.put("event", JSON.readTree(letter.json()));
            all.add(plain);
        }
        return all;
    }

    private static String array(List<?> elements) throws JsonProcessingException {
        return JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(elements) + System.lineSeparator();
    }
}
