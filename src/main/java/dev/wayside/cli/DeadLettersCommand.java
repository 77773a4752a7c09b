package dev.wayside.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code wayside dead-letters}: the events that sinks permanently refused. It works whether Wayside runs or not. */
@Command(
        name = "dead-letters",
        description = "Lists, retries or deletes the events that sinks permanently refused.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ListDeadLetters.class, RetryDeadLetters.class, PurgeDeadLetters.class, HelpCommand.class})
final class DeadLettersCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
