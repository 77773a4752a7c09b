package dev.wayside.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class HelpCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "help, --help",
        "help run, run --help",
        "run help, run --help",
        "doctor help, doctor -h",
        "dead-letters list help, dead-letters list --help",
        "component add -h, component add --help",
        "help settings, settings --help",
        "help dead-letters, dead-letters --help",
        "help dead-letters list, dead-letters list --help",
        "component help, component --help",
        "dead-letters help, dead-letters --help",
        "dead-letters help list, dead-letters list --help",
        "bench help journal, bench journal --help",
    })
    void showsTheSameAsTheOption(String help, String option) {
        assertEquals(0, run(option), err::toString);
        String wanted = out.toString();
        assertEquals(0, run(help), err::toString);
        assertEquals(wanted, out.toString());
        assertTrue(wanted.startsWith("Usage: wayside "), wanted);
    }

    @Test
    void anUnknownCommandEndsWithExitCodeTwoAndASentence() {
        assertEquals(2, run("help dead-letters lost"));
        assertTrue(err.toString().startsWith("There is no command 'lost' in wayside dead-letters."), err::toString);
    }

    private int run(String arguments) {
        out.getBuffer().setLength(0);
        CommandLine wayside = Wayside.commandLine();
        wayside.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        wayside.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        return wayside.execute(arguments.split(" "));
    }
}
