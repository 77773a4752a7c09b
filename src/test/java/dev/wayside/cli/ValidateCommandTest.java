package dev.wayside.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ValidateCommandTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("```yaml\\n(?:# routes/(\\S+)\\n)?(- route:\\n.*?)```", Pattern.DOTALL);

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theShippedRoutesAndKameletsHaveNoMistakes() {
        assertEquals(0, run(), this::said);
        assertTrue(out.toString().matches("\\d\\d files checked: no mistakes\\R"), this::said);
    }

    @Test
    void theExamplesOfTheDocumentationHaveNoMistakes(@TempDir Path folder) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--set", "watch.period=1s", "--set", "watch.words=x"));
        for (String page : List.of("docs/adding-a-sink.md", "docs/configuration.md")) {
            for (Matcher found = EXAMPLE.matcher(Files.readString(Path.of(page))); found.find(); ) {
                String name = found.group(1) == null ? "watch.yaml" : found.group(1);
                arguments.add(
                        Files.writeString(folder.resolve(name), found.group(2)).toString());
            }
        }
        assertTrue(arguments.size() >= 8, arguments::toString);
        run(arguments.toArray(String[]::new));
        // Two examples need components that ./wayside component adds; ComponentIT checks them with these components.
        assertEquals(
                List.of("aws2-s3", "kafka"),
                out.toString()
                        .lines()
                        .filter(line -> line.startsWith(folder.toString()))
                        .map(line -> line.replaceFirst(".* which \\./wayside component add (\\S+) installs\\.$", "$1"))
                        .sorted()
                        .toList(),
                this::said);
    }

    @Test
    void mistakesEndWithExitCodeTwoAndTheirPlaces(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(folder.resolve("a.yaml"), "- rout: {}\n- route: {from: {uri: tmer:x, steps: []}}\n");
        assertEquals(2, run(file.toString()), this::said);
        assertEquals(
                List.of(
                        file + ":1:3: 'rout' is not a step or part of a route that Camel knows. Did you mean route?",
                        file + ":2:23: Camel has no component 'tmer'. Did you mean timer?",
                        "1 file checked: 2 mistakes"),
                out.toString().lines().toList());
        assertEquals(2, run(folder.resolve("nosuch.yaml").toString()), this::said);
    }

    @Test
    void aBeanOfTheSettingsIsKnown(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.yaml"), "- route: {from: {uri: timer:a, steps: [{bean: {ref: mine}}]}}\n");
        assertEquals(2, run(file.toString()), this::said);
        assertTrue(out.toString().contains(":1:53: there is no bean mine."), this::said);
        assertEquals(0, run("--set", "camel.beans.mine=#class:java.util.Date", file.toString()), this::said);
    }

    @Test
    void invalidSettingsAreMistakesToo() {
        assertEquals(2, run("--set", "camera.period=often"));
        assertTrue(
                err.toString().contains("camera.period is 'often' in --set; it must be auto, or a duration"),
                this::said);
    }

    private String said() {
        return out.toString() + err;
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        CommandLine wayside = Wayside.commandLine();
        wayside.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of("validate"));
        all.addAll(List.of(arguments));
        return wayside.execute(all.toArray(String[]::new));
    }
}
