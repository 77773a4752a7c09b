package dev.wayside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documentation can be found from its map, and none of its links leads nowhere. */
class DocsMapTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)?(?:#([^)\\s]+))?\\)");

    @Test
    void theMapNamesEveryPage() throws IOException {
        String map = Files.readString(Path.of("docs/README.md"));
        for (Path page : pages()) {
            boolean inDocs = page.startsWith("docs") && !page.endsWith("README.md");
            assertTrue(!inDocs || map.contains("(" + page.getFileName() + ")"), "the map leaves out " + page);
        }
    }

    @Test
    void everyLinkLeadsToAFileAndToAHeading() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path page : pages()) {
            for (Matcher link = LINK.matcher(Files.readString(page)); link.find(); links++) {
                String file = link.group(1);
                if (file != null && file.matches("https?:.*")) {
                    continue;
                }
                Path target = file == null ? page : page.resolveSibling(file).normalize();
                boolean found = Files.exists(target)
                        && (link.group(2) == null || headings(target).contains(link.group(2)));
                if (!found) {
                    broken.add(page + ": " + link.group());
                }
            }
        }
        assertEquals(List.of(), broken);
        assertTrue(links > 50, "so many links: " + links);
    }

    /** As GitHub makes anchors of them. */
    private static List<String> headings(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ *", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Stream.concat(
                Files.list(Path.of("")), Stream.of("docs", "models", "samples").flatMap(DocsMapTest::walk))) {
            return files.filter(file -> file.toString().endsWith(".md")).toList();
        }
    }

    private static Stream<Path> walk(String folder) {
        try {
            return Files.walk(Path.of(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
