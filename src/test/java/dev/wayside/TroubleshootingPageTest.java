package dev.wayside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/troubleshooting.md has every text with which the code warns: the warnings and errors of the log, and the reasons of
 * cameras, connections, sinks and the journal. {@link MessagesPageTest} checks the opposite, that it has no others.
 */
class TroubleshootingPageTest {
    /** The packages whose texts are reasons, unless the statement shows that they are something else. */
    private static final Set<String> REASONS =
            Set.of("camera", "mqtt", "store", "influxdb", "elasticsearch", "failure", "journal");

    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern WARNING = Pattern.compile("log\\s*\\.\\s*(warn|error)\\(");

    /** Other levels of the log; mistakes in settings, which stop the start; bugs; SQL; patterns. */
    private static final Pattern NOT_A_REASON = Pattern.compile(
            "log\\s*\\.\\s*(info|debug|trace)\\(|Progress\\("
                    + "|InvalidInputException|SettingsException|IllegalStateException|IllegalArgumentException"
                    + "|name\\.replace|prepareStatement|executeQuery|executeUpdate|\\.execute\\(|Pattern|number\\(|ends\\(|ended\\(|OngoingFailure\\(|@\\w+\\(");

    private static final Pattern SQL =
            Pattern.compile("(?i)(select|insert|update|delete|create|drop|pragma|id|order by|alter) .*");

    /** How other programs word a failure; Wayside looks for these words, and has its own. */
    private static final Set<String> OF_OTHERS = Set.of(
            "cannot open shared object file",
            "data stream timestamp field [",
            "doesn't match any of the subject alternative",
            "end of stream",
            "failed to respond",
            "is a directory",
            "no appropriate protocol",
            "no name matching",
            "no space left",
            "no subject alternative",
            "not a directory",
            "not an ssl/tls record",
            "operation not permitted",
            "path building failed",
            "path does not chain",
            "path validation failed",
            "signature check failed",
            "too many open files",
            "unable to find valid certification path",
            "unrecognized ssl message",
            "unsupported or unrecognized",
            "validity check failed",
            "version must be either");

    /** Files whose texts are no reasons: the options of a URL, the reports of doctor, and the descriptions of metrics. */
    private static final Set<String> OTHER_FILES = Set.of(
            "SinkMeter.java",
            "IngestMeter.java",
            "CameraUrlOptions.java",
            "Redaction.java",
            "VideoDevices.java",
            "TrialWrite.java");

    @Test
    void everyWarningAndEveryReasonIsExplained() throws IOException {
        Map<String, String> texts = texts();
        assertTrue(texts.size() > 180, "so many texts: " + texts.size());
        String page = Files.readString(Path.of("docs/troubleshooting.md")).replaceAll("\\s+", " ");
        List<String> missing = texts.entrySet().stream()
                .filter(text -> !Coverage.isQuoted(text.getKey(), page))
                .map(text -> text.getValue() + ": " + text.getKey())
                .toList();
        assertEquals(List.of(), missing, "explain them in docs/troubleshooting.md");
    }

    @Test
    void aReasonThatIsNotExplainedIsFound() {
        List<String> found = new ArrayList<>();
        collect(
                "class A { void b() { log.warn(\"{}: the lens \"\n + \"is dirty; clean it\", name); } }",
                false,
                (text, first) -> found.add(first));
        assertEquals(List.of("the lens is dirty"), found);
    }

    /** The first clause of each text, and its file. What follows is advice, which the page may word differently. */
    private static Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        for (String folder : new String[] {"src/main/java", "processors"}) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    boolean reasons = REASONS.contains(Path.of(folder, "dev", "wayside")
                                    .relativize(file)
                                    .getName(0)
                                    .toString())
                            && !OTHER_FILES.contains(file.getFileName().toString());
                    collect(Files.readString(file), reasons, (text, first) -> texts.put(first, file.toString()));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        OF_OTHERS.forEach(texts::remove);
        return texts;
    }

    private interface Found {
        void add(String text, String firstClause);
    }

    private static void collect(String source, boolean reasons, Found found) {
        String code = source.replaceAll("(?s)/\\*.*?\\*/", "")
                .replaceAll("(?m)^\\s*//.*$", "")
                .replaceAll("(?s)\"\"\".*?\"\"\"", "\"\"")
                .replaceAll("\"\\s*\\+\\s*\"", "");
        for (String statement : statements(code)) {
            boolean warning = WARNING.matcher(statement).find();
            if (warning || reasons && !NOT_A_REASON.matcher(statement).find()) {
                LITERAL.matcher(statement)
                        .results()
                        .flatMap(literal -> Stream.of(literal.group(1).split("\\{}")))
                        .forEach(text -> {
                            String first = firstClause(text);
                            if (isProse(first, warning)) {
                                found.add(text, first);
                            }
                        });
            }
        }
    }

    /** Splits where a statement or a block ends, but not inside a literal. */
    private static List<String> statements(String code) {
        List<String> literals =
                LITERAL.matcher(code).results().map(MatchResult::group).toList();
        Matcher literal = LITERAL.matcher(code);
        int[] number = {0};
        String masked = literal.replaceAll(match -> "\u0001" + number[0]++ + "\u0002");
        return Stream.of(masked.split("[;{}]"))
                .map(statement -> Pattern.compile("\u0001(\\d+)\u0002")
                        .matcher(statement)
                        .replaceAll(match -> Matcher.quoteReplacement(literals.get(Integer.parseInt(match.group(1))))))
                .toList();
    }

    private static String firstClause(String text) {
        return text.replaceFirst("^[\\s:;,.()]+", "").split("[:;(?]|\\. ", 2)[0].replaceAll("^[\\s,.]+|[\\s,.]+$", "");
    }

    private static boolean isProse(String text, boolean warning) {
        boolean words = text.chars().filter(c -> c == ' ').count() >= 2 || warning && text.length() > 8;
        return words && !SQL.matcher(text).matches();
    }
}
