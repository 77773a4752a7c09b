package dev.wayside.cli;

import dev.wayside.access.NewPassword;
import dev.wayside.access.PasswordFile;
import dev.wayside.config.Home;
import dev.wayside.config.PageKeys;
import dev.wayside.config.Settings;
import dev.wayside.failure.InvalidInputException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wayside password}: sets the password of the page, or makes one. */
@Command(
        name = "password",
        description = {
            "Sets the password of the page: asks for it on a terminal, otherwise reads one line from standard input.",
            "A Wayside that runs in this folder asks for the new password at once, and ends all sessions."
        })
final class PasswordCommand implements Callable<Integer> {
    private static final Path STANDARD_INPUT = Path.of("/proc/self/fd/0");

    @Mixin
    private SettingsOptions options;

    @Option(names = "--generate", description = "Makes a new password and prints it.")
    private boolean generate;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Home home = Home.current();
        Settings settings = options.load(home);
        if (!settings.text(PageKeys.PASSWORD_FILE).isEmpty()) {
            throw new InvalidInputException("The password is in the file that " + PageKeys.PASSWORD_FILE + " in "
                    + settings.origin(PageKeys.PASSWORD_FILE) + " names: change it there.");
        }
        PasswordFile file = new PasswordFile(home.workingDirectory().resolve(PasswordFile.NAME));
        String password = generate ? NewPassword.random() : isTerminal() ? ask() : readLine();
        file.set(password);
        PrintWriter out = spec.commandLine().getOut();
        if (generate) {
            out.println(password);
        }
        out.println("The page now asks for this password; its hash is in " + file.path() + ".");
        out.flush();
        return 0;
    }

    /** Since Java 22, there is a console even without a terminal. */
    private static boolean isTerminal() throws IOException {
        return Files.readSymbolicLink(STANDARD_INPUT).toString().matches("/dev/(pts/|tty|console).*");
    }

    private static String ask() {
        Console console = System.console();
        if (console == null) {
            throw new InvalidInputException(
                    "The password can be typed only if the output goes to the terminal, too: do not redirect it.");
        }
        char[] first = console.readPassword("New password: ");
        char[] second = console.readPassword("Again: ");
        if (first == null || second == null) {
            throw new InvalidInputException("No password was typed; the old one stays.");
        }
        if (!Arrays.equals(first, second)) {
            throw new InvalidInputException("The two passwords differ; the old one stays. Run the command again.");
        }
        return new String(first);
    }

    private static String readLine() throws IOException {
        String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        if (line == null) {
            throw new InvalidInputException("Standard input is empty; it must contain the password on one line.");
        }
        return line;
    }
}
