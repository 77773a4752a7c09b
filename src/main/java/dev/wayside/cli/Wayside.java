package dev.wayside.cli;

import dev.wayside.assembly.Version;
import dev.wayside.failure.InvalidInputException;
import java.util.Locale;
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
            SettingsCommand.class,
            JournalCommand.class,
            ReplayCommand.class,
            DeadLettersCommand.class,
            BenchCommand.class,
            PrepareCommand.class
        },
        footer = {"", "Start with: ./wayside run     then open http://127.0.0.1:8080/"})
public final class Wayside implements Runnable {
    /** Stands for what the JVM could not read. */
    private static final char UNREADABLE = '\uFFFD';

    @Spec
    private CommandSpec spec;

    /**
     * Runs a command and ends the JVM with its exit code: 0 done, 1 failed, 2 wrong usage or settings.
     *
     * @param arguments as typed
     */
    public static void main(String[] arguments) {
        // The figures that people and programs read have ASCII digits, whatever the user's language.
        Locale.setDefault(Locale.ROOT);
        Thread.setDefaultUncaughtExceptionHandler(Wayside::die);
        requireReadableFolder();
        Shutdown.exit(commandLine().execute(arguments));
    }

    /** Before anything asks for a file, which fails with an {@code Error} where the JVM cannot spell the folder's name. */
    private static void requireReadableFolder() {
        if (System.getProperty("user.dir").indexOf(UNREADABLE) >= 0) {
            throw new InvalidInputException("The name of the folder that Wayside was started in is no text in "
                    + System.getProperty("sun.jnu.encoding")
                    + ", the charset of this locale. Start it by ./wayside or with LC_ALL=C.UTF-8; if it is, rename the"
                    + " folder.");
        }
    }

    /**
     * An error that nobody caught ends the process, in whatever thread it came up: a Wayside that only looks alive is worse
     * than one that a supervisor starts again.
     */
    private static void die(Thread thread, Throwable failure) {
        String sentence = "wayside: " + JavaErrors.sentence(failure).orElseGet(failure::toString);
        int code = CommandLine.ExitCode.SOFTWARE;
        try {
            sentence = Sentences.of(failure);
            code = Sentences.isUsersMistake(failure) ? CommandLine.ExitCode.USAGE : code;
            LoggerFactory.getLogger(Wayside.class).debug("{} failed", thread.getName(), failure);
        } catch (LinkageError e) {
            // The sentence that needs no library has to do.
            failure.addSuppressed(e);
        }
        System.err.println(sentence);
        if (failure instanceof Error || thread.getName().equals("main")) {
            Shutdown.exit(code);
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new Wayside())
                .setExecutionStrategy(Wayside::execute)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    LoggerFactory.getLogger(Wayside.class).debug("{} failed", command.getCommandName(), failure);
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
