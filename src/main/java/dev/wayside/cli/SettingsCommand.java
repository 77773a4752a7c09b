package dev.wayside.cli;

import dev.wayside.config.Home;
import dev.wayside.config.Key;
import dev.wayside.config.KeyReport;
import dev.wayside.config.Settings;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wayside settings}: what is set, where, and what else it could be. */
@Command(
        name = "settings",
        description =
                "Shows the settings: the value in force, where it was set, the default, the meaning, what is allowed.")
final class SettingsCommand implements Callable<Integer> {
    @Mixin
    private SettingsOptions options;

    @Parameters(
            arity = "0..1",
            paramLabel = "KEY",
            description = "A key, or the first part of some, as in mqtt; without it, all keys.")
    private String wanted;

    @Option(names = "--changed", description = "Shows only what differs from the default.")
    private boolean changed;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = options.load(Home.current());
        KeyReport report = new KeyReport(settings);
        List<Key<?>> keys = wanted == null ? report.all() : report.find(wanted);
        PrintWriter out = spec.commandLine().getOut();
        report.lines(changed ? keys.stream().filter(settings::isChanged).toList() : keys)
                .forEach(out::println);
        out.flush();
        return 0;
    }
}
