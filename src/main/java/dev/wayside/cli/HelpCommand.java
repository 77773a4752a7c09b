package dev.wayside.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code wayside help dead-letters list}: the same as {@code wayside dead-letters list --help}. picocli's own command of this
 * name accepts only one name.
 */
@Command(name = "help", helpCommand = true, description = "Shows the help of a command, the same as its --help.")
final class HelpCommand implements Runnable {
    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command; without one, the help of all.")
    private List<String> names = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        CommandLine shown = spec.parent().commandLine();
        for (String name : names) {
            shown = subcommand(shown, name);
        }
        shown.usage(spec.commandLine().getOut());
    }

    private CommandLine subcommand(CommandLine command, String name) {
        CommandLine found = command.getSubcommands().get(name);
        if (found == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "There is no command '" + name + "' in "
                            + command.getCommandSpec().qualifiedName() + ".");
        }
        return found;
    }
}
