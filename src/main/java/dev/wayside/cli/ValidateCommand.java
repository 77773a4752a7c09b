package dev.wayside.cli;

import dev.wayside.assembly.RouteChecks;
import dev.wayside.config.Home;
import dev.wayside.config.Settings;
import dev.wayside.validation.Mistake;
import dev.wayside.validation.RouteValidator;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wayside validate}: finds the mistakes in route and kamelet files without running them. */
@Command(
        name = "validate",
        description = {
            "Finds the mistakes in the settings and in route and kamelet files. It starts nothing and connects to nothing.",
            "Exit code 0: no mistakes; 2: mistakes, each on one line as file:line:column."
        })
final class ValidateCommand implements Callable<Integer> {
    @Mixin
    private SettingsOptions options;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description =
                    "Route files, and kamelets named *.kamelet.yaml. Without any, all files in routes.path and kamelets.path.")
    private List<Path> files = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Home home = Home.current();
        Settings settings = options.load(home, files);
        RouteValidator validator = RouteChecks.validator(home, settings);
        List<Path> checked = files.isEmpty() ? validator.all() : files;
        List<Mistake> mistakes = validator.check(checked);
        PrintWriter out = spec.commandLine().getOut();
        mistakes.forEach(mistake -> out.println(mistake.sentence()));
        out.println(summary(checked.size(), mistakes.size()));
        out.flush();
        return mistakes.isEmpty() ? 0 : spec.exitCodeOnInvalidInput();
    }

    private static String summary(int files, int mistakes) {
        String checked = files + (files == 1 ? " file" : " files") + " checked: ";
        return checked + (mistakes == 0 ? "no mistakes" : mistakes + (mistakes == 1 ? " mistake" : " mistakes"));
    }
}
