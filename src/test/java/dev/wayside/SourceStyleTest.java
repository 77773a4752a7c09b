package dev.wayside;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks conventions of names and comments that neither the compiler nor the formatter checks. */
class SourceStyleTest {
    private static final Pattern DOCUMENTED =
            Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s*)*([^;{=]*)", Pattern.DOTALL);
    private static final Pattern TYPE = Pattern.compile("(?:class|interface|record|enum) (\\w+)");
    private static final Pattern MEMBER = Pattern.compile("(\\w+)\\s*(?:\\(|$)");
    private static final Pattern WORD = Pattern.compile("[A-Z]?[a-z]+|[A-Z]+(?![a-z])");
    /** Words that add nothing to a name. */
    private static final Set<String> FILLING = Set.of(
            "the",
            "a",
            "an",
            "of",
            "this",
            "that",
            "it",
            "its",
            "one",
            "new",
            "given",
            "to",
            "for",
            "with",
            "in",
            "step",
            "instance",
            "object",
            "class",
            "make",
            "makes",
            "create",
            "creates",
            "get",
            "gets",
            "give",
            "gives",
            "return",
            "returns",
            "set",
            "sets",
            "run",
            "runs",
            "method",
            "constructor");

    private static final Pattern LOGGER = Pattern.compile("\\bstatic final (?:\\w+\\.)*Logger (\\w+)");
    private static final Pattern GETTER =
            Pattern.compile("(@Override\\s+)?(?:@\\w+\\s+)*public (?:final )?[\\w<>\\[\\], ?.]+ (get[A-Z]\\w*)\\(\\)");
    private static final Pattern COMMENT = Pattern.compile("\\s*(//|\\*) ?(.*)");

    @Test
    void javadocSaysMoreThanTheName() throws IOException {
        List<String> empty = new ArrayList<>();
        for (Path file : sources("src/main/java", "processors")) {
            String source = Files.readString(file);
            Matcher type = TYPE.matcher(source);
            Set<String> ofClass = type.find() ? words(type.group(1)) : Set.of();
            for (Matcher each = DOCUMENTED.matcher(source); each.find(); ) {
                String text = each.group(1).replaceAll("\\n\\s*\\*", " ").replaceAll("\\s@(param|return|throws).*", "");
                Set<String> words = words(text);
                words.removeAll(FILLING);
                words.removeAll(ofClass);
                words.removeAll(words(name(each.group(2))));
                if (words.isEmpty() && !text.isBlank()) {
                    empty.add(file + ": " + text.strip());
                }
            }
        }
        assertEquals(List.of(), empty, "this Javadoc repeats the name: add something or remove it");
    }

    @Test
    void noCommentLineHasASingleWord() throws IOException {
        List<String> orphans = new ArrayList<>();
        for (Path file : sources("src/main/java", "src/test/java", "processors")) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 1; i + 1 < lines.size(); i++) {
                Matcher line = COMMENT.matcher(lines.get(i));
                Matcher next = COMMENT.matcher(lines.get(i + 1));
                if (line.matches()
                        && next.matches()
                        && line.group(2).matches("[\\w,;'-]+")
                        && next.group(2).matches("[\\w({].*")) {
                    orphans.add(file + ":" + (i + 1) + ": " + line.group(2));
                }
            }
        }
        assertEquals(List.of(), orphans, "reflow the comment");
    }

    @Test
    void loggersAreNamedLog() throws IOException {
        List<String> others = new ArrayList<>();
        for (Path file : sources("src/main/java", "processors")) {
            for (Matcher logger = LOGGER.matcher(Files.readString(file)); logger.find(); ) {
                if (!logger.group(1).equals("log")) {
                    others.add(file + ": " + logger.group(1));
                }
            }
        }
        assertEquals(List.of(), others);
    }

    /** As in records. The exceptions are Camel components and MXBeans, which need getters. */
    @Test
    void accessorsAreNamedAfterTheirValue() throws IOException {
        List<String> getters = new ArrayList<>();
        for (Path file : sources("src/main/java", "processors")) {
            boolean wanted = file.toString().contains("/journal/component/")
                    || file.toString().contains("MXBean");
            for (Matcher getter = GETTER.matcher(Files.readString(file)); !wanted && getter.find(); ) {
                if (getter.group(1) == null) {
                    getters.add(file + ": " + getter.group(2));
                }
            }
        }
        assertEquals(List.of(), getters);
    }

    private static String name(String declaration) {
        Matcher type = TYPE.matcher(declaration);
        Matcher member = MEMBER.matcher(declaration.strip());
        return type.find() ? type.group(1) : member.find() ? member.group(1) : "";
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        for (Matcher word = WORD.matcher(text.replaceAll("\\{@\\w+ ", "")); word.find(); ) {
            words.add(word.group().toLowerCase(Locale.ROOT));
        }
        return words;
    }

    private static List<Path> sources(String... folders) throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String folder : folders) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
            }
        }
        return sources;
    }
}
