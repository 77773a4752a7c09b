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

/** {@code wayside settings}: shows the settings, where they were set and what is allowed. */
@Command(
        name = "settings",
        description =
                "Shows each setting with its value, where that was set, its meaning, its default and the allowed values.")
final class SettingsCommand implements Callable<Integer> {
    @Mixin
    private SettingsOptions options;

    @Parameters(
            arity = "0..1",
            paramLabel = "KEY",
            description = "A key or the first part of several keys, such as mqtt. Without it, all keys.")
    private String wanted;

    @Option(names = "--changed", description = "Shows only settings that differ from their defaults.")
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
