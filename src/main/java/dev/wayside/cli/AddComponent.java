package dev.wayside.cli;

import dev.wayside.component.Components;
import dev.wayside.process.StatusLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wayside component add}. */
@Command(
        name = "add",
        description = "Adds a component, data format or language of Camel in the version of Camel that Wayside uses.",
        footer = {"", "Example: ./wayside component add kafka"})
final class AddComponent implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "As in a URI, such as aws2-s3.")
    private String name;

    @Option(
            names = {"-o", "--offline"},
            description = "Uses only Maven's local repository.")
    private boolean offline;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Components components = ComponentCommand.components();
        PrintWriter out = spec.commandLine().getOut();
        Optional<Components.Added> added;
        try (DownloadProgress progress = new DownloadProgress("downloading " + name, StatusLine.ofStandardError())) {
            added = components.add(name, offline, progress);
        }
        if (added.isPresent()) {
            out.println(added.get().name() + " " + added.get().version() + " was added: "
                    + Phrases.libraries(added.get()) + ". " + ComponentCommand.RESTART);
        } else if (components.isPartOfWayside(name)) {
            out.println(name + " is part of Wayside; it need not be added.");
        } else {
            out.println(name + " has been added before.");
        }
        out.flush();
        return 0;
    }
}
