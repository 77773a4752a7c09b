package dev.wayside.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wayside component remove}. */
@Command(name = "remove", description = "Removes an added component and the libraries that only it needs.")
final class RemoveComponent implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "As ./wayside component list shows it.")
    private String name;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.println(ComponentCommand.components().remove(name) + " was removed. " + ComponentCommand.RESTART);
        out.flush();
        return 0;
    }
}
