package dev.wayside.cli;

import dev.wayside.component.Components;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code wayside component list}. */
@Command(name = "list", description = "Lists the added components with their versions.")
final class ListComponents implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<Components.Added> added = ComponentCommand.components().list();
        if (added.isEmpty()) {
            out.println("No component was added.");
        }
        for (Components.Added component : added) {
            out.printf("%-20s %-10s %s%n", component.name(), component.version(), Phrases.libraries(component));
            if (!component.isCurrent()) {
                out.println("    It is for another version of Wayside: " + component.remedy());
            }
        }
        out.flush();
        return 0;
    }
}
