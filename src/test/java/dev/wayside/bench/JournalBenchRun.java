package dev.wayside.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wayside.servers.Programs;
import dev.wayside.servers.WaysideProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs {@code ./wayside bench journal} in a separate process. */
final class JournalBenchRun {
    /** Lines of the table and the figures. */
    private static final int REPORT = 10;

    private JournalBenchRun() {}

    /**
     * Runs the command, prints its report, and returns the figures of the last line as text.
     *
     * @param settings each {@code key=value}
     */
    static Map<String, String> figures(
            Path directory, int acceptSeconds, int frames, int backlog, int largeBacklog, String... settings) {
        List<String> arguments = new ArrayList<>(List.of("bench", "journal"));
        arguments.addAll(List.of("--accept-seconds", String.valueOf(acceptSeconds)));
        arguments.addAll(List.of("--frames", String.valueOf(frames), "--backlog", String.valueOf(backlog)));
        arguments.addAll(List.of("--large-backlog", String.valueOf(largeBacklog)));
        arguments.addAll(List.of("--set", "http.port=" + Programs.freePort()));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        try (WaysideProcess bench = WaysideProcess.command(directory, Map.of(), arguments.toArray(String[]::new))) {
            bench.process().onExit().join();
            assertEquals(0, bench.process().exitValue(), bench::log);
            List<String> lines = bench.log().lines().toList();
            lines.subList(Math.max(0, lines.size() - REPORT), lines.size()).forEach(System.out::println);
            return Stream.of(lines.get(lines.size() - 1).split(" "))
                    .map(each -> each.split("="))
                    .collect(Collectors.toMap(each -> each[0], each -> each[1]));
        }
    }
}
