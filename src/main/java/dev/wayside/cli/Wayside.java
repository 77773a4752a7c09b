package dev.wayside.cli;

import dev.wayside.assembly.Version;
import dev.wayside.failure.InvalidInputException;
import dev.wayside.process.ErrorMessage;
import dev.wayside.process.JavaErrors;
import dev.wayside.process.Shutdown;
import java.util.List;
import java.util.Locale;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code wayside} command. */
@Command(
        name = "wayside",
        description = "Turns a camera beside the road into clean event streams.",
        versionProvider = Wayside.VersionLines.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            DoctorCommand.class,
            CamerasCommand.class,
            SettingsCommand.class,
            ValidateCommand.class,
            JournalCommand.class,
            ReplayCommand.class,
            DrainCommand.class,
            DeadLettersCommand.class,
            ComponentCommand.class,
            PasswordCommand.class,
            BenchCommand.class,
            PackageCommand.class,
            PrepareCommand.class,
            HelpCommand.class
        },
        footer = {"", "Start with: ./wayside run     then open http://127.0.0.1:8080/"})
public final class Wayside implements Runnable {
    /** The replacement character for what the JVM could not decode. */
    private static final char UNREADABLE = '\uFFFD';

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this help and exits.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Shows the version and exits.")
    private boolean version;

    @Spec
    private CommandSpec spec;

    /**
     * Runs a command and ends the JVM with its exit code: 0 for success, 1 for a failure, 2 for wrong usage or settings.
     *
     * @param arguments of the command line
     */
    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals(RunCommand.NAME)) {
            Shutdown.handleSignals();
        }
        // Numbers in all output have ASCII digits, regardless of the user's language.
        Locale.setDefault(Locale.ROOT);
        Thread.setDefaultUncaughtExceptionHandler(Wayside::die);
        requireReadableFolder();
        Shutdown.exit(commandLine().execute(arguments));
    }

    /** Must run before any file access, which fails with an {@code Error} if the JVM cannot encode the folder's name. */
    private static void requireReadableFolder() {
        if (System.getProperty("user.dir").indexOf(UNREADABLE) >= 0) {
            throw new InvalidInputException("The name of the working directory is not valid in "
                    + System.getProperty("sun.jnu.encoding")
                    + ", the charset of this locale. Start Wayside with ./wayside or with LC_ALL=C.UTF-8. If you already"
                    + " do, rename the folder.");
        }
    }

    /**
     * An uncaught error in any thread ends the process: it is better if a supervisor restarts Wayside than if it only seems
     * to run.
     */
    private static void die(Thread thread, Throwable failure) {
        String message = "wayside: " + JavaErrors.message(failure).orElseGet(failure::toString);
        int code = CommandLine.ExitCode.SOFTWARE;
        try {
            message = ErrorMessage.of(failure);
            code = ErrorMessage.isUsersMistake(failure) ? CommandLine.ExitCode.USAGE : code;
            LoggerFactory.getLogger(Wayside.class).debug("{} failed", thread.getName(), failure);
        } catch (LinkageError e) {
            // The message from above, which needs no library, is used instead.
            failure.addSuppressed(e);
        }
        System.err.println(message);
        if (failure instanceof Error || thread.getName().equals("main")) {
            Shutdown.exit(code);
        }
    }

    static CommandLine commandLine() {
        CommandLine wayside = new CommandLine(new Wayside());
        IParameterExceptionHandler usual = wayside.getParameterExceptionHandler();
        return wayside.setParameterExceptionHandler((mistake, arguments) ->
                        asksForHelp(mistake) ? help(mistake) : usual.handleParseException(mistake, arguments))
                .setExecutionStrategy(Wayside::execute)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    LoggerFactory.getLogger(Wayside.class).debug("{} failed", command.getCommandName(), failure);
                    command.getErr().println(command.getColorScheme().errorText(ErrorMessage.of(failure)));
                    return ErrorMessage.isUsersMistake(failure)
                            ? command.getCommandSpec().exitCodeOnInvalidInput()
                            : command.getCommandSpec().exitCodeOnExecutionException();
                });
    }

    /** As in {@code wayside run help}. */
    private static boolean asksForHelp(ParameterException mistake) {
        return mistake instanceof UnmatchedArgumentException unmatched
                && unmatched.getUnmatched().equals(List.of("help"));
    }

    private static int help(ParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        command.usage(command.getOut());
        return command.getCommandSpec().exitCodeOnUsageHelp();
    }

    /** picocli does not pass an {@code Error} to the exception handler. */
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
