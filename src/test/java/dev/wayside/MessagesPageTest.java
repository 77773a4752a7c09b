package dev.wayside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checks that the messages quoted in the documentation are those of the code. A quote is split at each …, and each part
 * must consist of texts in the code, except for names, numbers and messages of servers in between.
 */
class MessagesPageTest {
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Pattern HOLE = Pattern.compile("\\{}|%s|%d");
    private static final Pattern QUOTE = Pattern.compile("`([^`]+)`");
    private static final int SHORTEST_TEXT = 5;

    /** Messages of servers, Java's TLS and the operating system, which Wayside passes on. */
    private static final List<String> FROM_OTHERS = List.of(
            "cluster_block_exception",
            "index_closed_exception",
            "illegal_argument_exception",
            "strict_dynamic_mapping_exception",
            "document_parsing_exception",
            "unavailable_shards_exception",
            "engine: cache-max-memory-size exceeded",
            "timeout",
            "partial write: field type conflict",
            "partial write: points beyond retention policy dropped=",
            "pipeline with id",
            "no write index is defined for alias",
            "Limit of total fields [",
            "] has been exceeded",
            "database not found");

    private static final String ALL =
            Stream.concat(texts().stream(), FROM_OTHERS.stream()).collect(Collectors.joining("\n"));

    @ParameterizedTest
    @CsvSource({
        "## Cameras, 35",
        "## Connections, 25",
        "## MQTT, 40",
        "## Ingest, 8",
        "## InfluxDB and Elasticsearch, 25",
        "## AWS IoT Core, 14",
        "## All sinks, 7",
        "## Journal and disk, 25",
        "## Routes and the page, 8",
        "## Access to the page, 15",
        "## Start and stop, 2",
        "'## Password, certificate and key files', 12"
    })
    void theMessagesQuotedInTablesExistInTheCode(String heading, int least) throws IOException {
        List<String> quotes = new ArrayList<>();
        for (String row : section(Path.of("docs/troubleshooting.md"), heading)
                .lines()
                .filter(line -> line.startsWith("| "))
                .toList()) {
            Matcher quote = QUOTE.matcher(row.split("(?<!\\\\)\\|")[1]);
            while (quote.find()) {
                quotes.add(quote.group(1));
            }
        }
        assertTrue(quotes.size() >= least, "so many messages: " + quotes.size());
        assertAllExist(quotes);
    }

    @Test
    void theLogLinesOnTheReliabilityPageExistInTheCode() throws IOException {
        List<String> lines = section(Path.of("docs/reliability.md"), "## When a sink does not work")
                .lines()
                .filter(line -> line.matches("(WARN|INFO) .*"))
                .map(line -> line.replaceFirst("^(WARN|INFO) +[a-z]+:? ", ""))
                .toList();
        assertTrue(lines.size() > 5, lines::toString);
        assertAllExist(lines);
    }

    @Test
    void aMessageThatDoesNotExistIsFound() {
        assertEquals(List.of("the broker has gone fishing"), missing(List.of("… the broker has gone fishing: …")));
        assertEquals(List.of(), missing(List.of("… the broker refuses the connection: …")));
    }

    private static void assertAllExist(List<String> quotes) {
        assertEquals(List.of(), missing(quotes), "quoted, but in no text of the code");
    }

    private static List<String> missing(List<String> quotes) {
        return quotes.stream()
                .flatMap(quote -> Stream.of(quote.split("…|\\d+")))
                .map(part -> part.replaceAll("^[\\s:;,.()]+|[\\s:;,.()]+$", ""))
                .filter(part -> part.length() > SHORTEST_TEXT && !Coverage.isQuoted(part, ALL))
                .toList();
    }

    private static String section(Path page, String heading) throws IOException {
        String text = Files.readString(page);
        int start = text.indexOf(heading + "\n");
        assertTrue(start >= 0, () -> page + " has the heading " + heading);
        int end = text.indexOf("\n## ", start + heading.length());
        return text.substring(start, end < 0 ? text.length() : end);
    }

    /** The string literals of the code, concatenated across lines and split at placeholders. */
    private static Set<String> texts() {
        Set<String> texts = new LinkedHashSet<>();
        for (String folder : new String[] {"src/main/java", "processors"}) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    Matcher literal = LITERAL.matcher(
                            JOINED.matcher(Files.readString(file)).replaceAll(""));
                    while (literal.find()) {
                        HOLE.splitAsStream(literal.group(1).replace("\\\"", "\""))
                                .map(String::strip)
                                .filter(text -> text.toLowerCase(Locale.ROOT).matches(".*[a-z].*")
                                        && text.length() >= SHORTEST_TEXT)
                                .forEach(texts::add);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return texts;
    }
}
