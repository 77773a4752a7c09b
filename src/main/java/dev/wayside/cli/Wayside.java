package dev.wayside.cli;

import dev.wayside.assembly.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;

/** The {@code wayside} command. */
@Command(
        name = "wayside",
        description = "Turns a camera beside the road into clean event streams.",
        mixinStandardHelpOptions = true,
        versionProvider = Wayside.VersionLines.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            JournalCommand.class,
            ReplayCommand.class,
            DeadLettersCommand.class,
            BenchCommand.class,
            PrepareCommand.class
        },
        footer = {"", "Start with: ./wayside run     then open http://127.0.0.1:8080/"})
public final class Wayside implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Wayside.class);

    @Spec
    private CommandSpec spec;

    /**
     * Runs a command and ends the JVM with its exit code: 0 done, 1 failed, 2 wrong usage or settings.
     *
     * @param arguments as typed
     */
    public static void main(String[] arguments) {
        int code = commandLine().execute(arguments);
        Shutdown.exit(code);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Wayside())
                .setExecutionStrategy(Wayside::execute)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    log.debug("{} failed", command.getCommandName(), failure);
                    command.getErr().println(command.getColorScheme().errorText(Sentences.of(failure)));
                    return Sentences.isUsersMistake(failure)
                            ? command.getCommandSpec().exitCodeOnInvalidInput()
                            : command.getCommandSpec().exitCodeOnExecutionException();
                });
    }

    /** picocli lets an {@code Error} pass by the handler of exceptions. */
    private static int execute(ParseResult parsed) {
        try {
            return new RunLast().execute(parsed);
        } catch (Error e) {
            throw new ExecutionException(parsed.commandSpec().commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** The version in the jar's manifest. */
    static final class VersionLines implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "wayside " + Version.current(),
                "Java " + System.getProperty("java.version") + ", " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch")
            };
        }
    }
}
