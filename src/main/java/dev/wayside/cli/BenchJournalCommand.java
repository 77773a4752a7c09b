package dev.wayside.cli;

import dev.wayside.assembly.Application;
import dev.wayside.bench.JournalBench;
import dev.wayside.config.Home;
import dev.wayside.config.JournalKeys;
import dev.wayside.config.Settings;
import dev.wayside.process.Logging;
import dev.wayside.process.StatusLine;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wayside bench journal}: measures the journal and the sinks that the settings enable. */
@Command(
        name = "journal",
        description = {
            "Measures how many events the journal accepts, how soon an event reaches a subscriber, how fast a backlog"
                    + " drains into InfluxDB and Elasticsearch while a camera runs, and the memory used.",
            "It writes events to the stores that are enabled: give it its own databases and indices."
        })
final class BenchJournalCommand implements Callable<Integer> {
    @Mixin
    private SettingsOptions options;

    @Option(
            names = "--accept-seconds",
            paramLabel = "N",
            defaultValue = "5",
            description =
                    "How long events are accepted, by one thread and by 16, 1 to 600 (default: ${DEFAULT-VALUE}).")
    private int acceptSeconds;

    @Option(
            names = "--frames",
            paramLabel = "N",
            defaultValue = "200",
            description = "The number of frames in each frame measurement, 20 to 100000 (default: ${DEFAULT-VALUE}).")
    private int frames;

    @Option(
            names = "--backlog",
            paramLabel = "N",
            defaultValue = "100000",
            description = "The number of events in the backlog, 1000 to 10000000 (default: ${DEFAULT-VALUE}).")
    private int backlog;

    @Option(
            names = "--large-backlog",
            paramLabel = "N",
            defaultValue = "1000000",
            description =
                    "The number of events in the backlog for the memory measurement, 1000 to 10000000 (default: ${DEFAULT-VALUE}).")
    private int largeBacklog;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        require("--accept-seconds", acceptSeconds, 1, 600);
        require("--frames", frames, 20, 100_000);
        require("--backlog", backlog, 1000, 10_000_000);
        require("--large-backlog", largeBacklog, 1000, 10_000_000);
        Home home = Home.current();
        Path directory = Files.createTempDirectory("wayside-bench");
        try {
            measure(home, directory.resolve("journal.db"));
        } finally {
            BenchCommand.delete(directory);
        }
        return 0;
    }

    private void measure(Home home, Path file) throws Exception {
        Settings settings = options.loadWith(home, JournalKeys.PATH + "=" + file, JournalKeys.MAX_SIZE + "=64GB");
        Logging.configure(settings);
        JournalBench bench = new JournalBench(
                new JournalBench.Sizes(Duration.ofSeconds(acceptSeconds), frames, backlog, largeBacklog),
                StatusLine.ofStandardError());
        try (Application application =
                new Application(home, settings, spec.commandLine().getOut()::println, bench::bindTo)) {
            application.start();
            String camera = BenchCamera.of(settings);
            bench.run(application.camelContext(), "camera-" + camera, home.directory(), file);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(bench.table());
        out.println(bench.summary());
        out.flush();
    }

    private void require(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(), option + " is " + value + "; it must be from " + least + " to " + most + ".");
        }
    }
}
