package dev.wayside.cli;

import dev.wayside.component.Components;
import dev.wayside.config.Home;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code wayside component}: the components of Camel that Wayside does not bring. */
@Command(
        name = "component",
        description = "Adds, lists or removes components of Camel that Wayside does not bring.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {AddComponent.class, ListComponents.class, RemoveComponent.class, HelpCommand.class})
final class ComponentCommand implements Runnable {
    static final String RESTART = "Restart Wayside for this to take effect.";

    @Spec
    private CommandSpec spec;

    /** The components in Wayside's own folder, where the launcher finds them. */
    static Components components() {
        return new Components(Home.current().directory());
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
