package dev.wayside.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;

/**
 * The result of {@code ./wayside doctor --json}.
 *
 * @param code of the process
 * @param text as printed
 */
record DoctorRun(int code, String text) {
    /** Runs it in this process, with settings as {@code key=value}. */
    static DoctorRun with(Clock clock, List<String> settings) {
        StringWriter text = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("--json"));
        settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        int code = new CommandLine(new DoctorCommand(clock))
                .setOut(new PrintWriter(text))
                .execute(arguments.toArray(String[]::new));
        return new DoctorRun(code, text.toString());
    }

    /** The messages of the findings in this state about this subject. */
    private List<String> messages(String state, String check) {
        try {
            Stream<JsonNode> all = StreamSupport.stream(
                    new ObjectMapper().readTree(text).path("findings").spliterator(), false);
            return all.filter(finding -> finding.path("state").asText().equals(state))
                    .filter(finding ->
                            check.isEmpty() || finding.path("check").asText().equals(check))
                    .map(finding -> finding.path("message").asText())
                    .toList();
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    /** There is this one problem, whose message contains the cause and the fix. */
    void assertOnlyProblem(String check, String cause, String fix) {
        assertEquals(1, code, text);
        List<String> problems = messages("problem", "");
        assertEquals(1, problems.size(), text);
        assertEquals(problems, messages("problem", check), text);
        assertTrue(problems.get(0).contains(cause), text);
        assertTrue(problems.get(0).contains(fix), text);
        assertFalse(text.contains("\tat "), text);
    }

    void assertOk(String check, String words) {
        assertSaid("ok", check, words);
    }

    void assertWarning(String check, String words) {
        assertSaid("warning", check, words);
    }

    private void assertSaid(String state, String check, String words) {
        assertTrue(messages(state, check).stream().anyMatch(message -> message.contains(words)), text);
    }

    void assertNoProblem() {
        assertEquals(List.of(), messages("problem", ""), text);
        assertEquals(0, code, text);
    }
}
