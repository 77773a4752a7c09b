package dev.wayside.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/** Each {@code ./wayside …} that a message or a page mentions is a command that the command line accepts. */
class AdvisedCommandsTest {
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern COMMAND = Pattern.compile("\\./wayside(?= )([^`<>|;&\\n\\\\\"]*)");
    /** In a page, a command is in backticks or a line of its own, which is no sentence. */
    private static final Pattern QUOTED =
            Pattern.compile("`\\./wayside([^`]*)`|(?m)^ *(?:\\$ )?\\./wayside(.*[^.\\n])$");
    /** In place of what only the running program or the reader knows. */
    private static final String ANY = "§";

    @Test
    void theCommandsInMessagesAreValid() throws IOException {
        List<String> mistakes = new ArrayList<>();
        int count = 0;
        for (Path file : files("src/main/java", ".java")) {
            for (MatchResult literal : LITERAL.matcher(joined(file)).results().toList()) {
                for (MatchResult command :
                        COMMAND.matcher(literal.group(1)).results().toList()) {
                    count++;
                    mistakes.addAll(mistakes(file, arguments(command.group(1))));
                }
            }
        }
        assertTrue(count > 20, "so many: " + count);
        assertEquals(List.of(), mistakes);
    }

    @Test
    void theCommandsOnThePagesAreValid() throws IOException {
        List<String> mistakes = new ArrayList<>();
        int count = 0;
        List<Path> pages = new ArrayList<>(files("docs", ".md"));
        pages.addAll(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md"), Path.of("CHANGELOG.md")));
        for (Path page : pages) {
            String text = Files.readString(page).replace("\\\n", " ");
            for (MatchResult quote : QUOTED.matcher(text).results().toList()) {
                count++;
                String words = (quote.group(1) == null ? quote.group(2) : quote.group(1))
                        .replaceFirst("(?: #|[|>;&]| then | 2>).*", "")
                        .replace("…", ANY);
                mistakes.addAll(mistakes(page, List.of(words.strip().split("\\s+"))));
            }
        }
        assertTrue(count > 60, "so many: " + count);
        assertEquals(List.of(), mistakes);
    }

    @ParameterizedTest
    @CsvSource({
        "' dead-letters list §'",
        "' dead-letters list --snk influxdb shows them'",
        "' dead-letters retry § once more'",
    })
    void anInvalidCommandIsFound(String words) {
        assertEquals(1, mistakes(Path.of("a"), arguments(words)).size());
    }

    /** A file's literals, with one § for each expression between them. */
    private static String joined(Path file) throws IOException {
        return Files.readString(file)
                .replaceAll("(?m)^\\s*//.*$", "")
                .replaceAll("\"\\s*\\+\\s*\"", "")
                .replaceAll("\"\\s*\\+\\s*[\\w.()]+\\s*\\+\\s*\"", ANY)
                .replaceAll("\"\\s*\\+\\s*[\\w.()]+\\s*[;)]", ANY + "\"");
    }

    /** The words of a sentence that belong to the command: names of commands, options and their values, and unknowns. */
    private static List<String> arguments(String words) {
        List<String> arguments = new ArrayList<>();
        CommandLine command = Wayside.commandLine();
        boolean isValue = false;
        for (String word : words.strip().split("\\s+")) {
            String bare = word.replaceFirst("[.,:?)]+$", "");
            CommandLine next = command.getSubcommands().get(bare);
            if (next == null && !isValue && !bare.startsWith("-") && !bare.equals(ANY) && !bare.equals("{}")) {
                break;
            }
            arguments.add(bare);
            isValue = bare.startsWith("--") && !bare.contains("=") && takesValue(command, bare);
            command = next == null ? command : next;
            if (!bare.equals(word)) {
                break;
            }
        }
        return arguments;
    }

    private static boolean takesValue(CommandLine command, String option) {
        return command.getCommandSpec().findOption(option) != null
                && command.getCommandSpec().findOption(option).arity().max() > 0;
    }

    private static List<String> mistakes(Path file, List<String> arguments) {
        try {
            Wayside.commandLine()
                    .parseArgs(
                            arguments.stream().filter(each -> !each.isEmpty()).toArray(String[]::new));
            return List.of();
        } catch (MissingParameterException e) {
            // A command may be mentioned by its name alone.
            return arguments.stream().allMatch(each -> each.matches("[a-z][a-z-]*"))
                    ? List.of()
                    : List.of(sentence(file, arguments, e));
        } catch (ParameterException e) {
            return List.of(sentence(file, arguments, e));
        }
    }

    private static String sentence(Path file, List<String> arguments, ParameterException e) {
        return file + ": ./wayside " + String.join(" ", arguments) + ": " + e.getMessage();
    }

    private static List<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
