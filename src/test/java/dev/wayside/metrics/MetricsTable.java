package dev.wayside.metrics;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of all metrics in docs/operations.md. */
final class MetricsTable {
    static final Path PAGE = Path.of("docs/operations.md");

    private static final Pattern PLACE =
            Pattern.compile("(<!-- metrics -->\n).*?(<!-- end of metrics -->)", Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z_]+)` \\|", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("([a-z]+)=\"");
    private static final Set<String> UNITS = Set.of("seconds", "bytes");
    /** Labels of the format itself. */
    private static final Set<String> OF_THE_FORMAT = Set.of("le", "quantile");

    private MetricsTable() {}

    /** The names in the table of the page. */
    static Set<String> names() throws IOException {
        Matcher row = ROW.matcher(Files.readString(PAGE));
        Set<String> names = new TreeSet<>();
        while (row.find()) {
            names.add(row.group(1));
        }
        return names;
    }

    static String replaced(String page, String table) {
        Matcher place = PLACE.matcher(page);
        if (!place.find()) {
            throw new AssertionError(PAGE + " has no place for the table");
        }
        return page.substring(0, place.end(1)) + table + page.substring(place.start(2));
    }

    /** The table of everything in a scrape. */
    static String of(String scrape) {
        Map<String, Family> families = new TreeMap<>();
        scrape.lines().filter(line -> line.startsWith("# HELP ")).forEach(line -> {
            String[] words = line.split(" ", 4);
            families.put(words[2], new Family(words[3]));
        });
        scrape.lines().filter(line -> line.startsWith("# TYPE ")).forEach(line -> {
            String[] words = line.split(" ");
            families.get(words[2]).type = words[3];
        });
        scrape.lines().filter(line -> !line.startsWith("#")).forEach(line -> family(families, line.split("[{ ]")[0])
                .addLabels(line));
        return "| metric | type | unit | labels | meaning |\n|---|---|---|---|---|\n"
                + families.entrySet().stream()
                        .map(each -> each.getValue().row(each.getKey()))
                        .collect(joining());
    }

    private static Family family(Map<String, Family> families, String series) {
        Family exact = families.get(series);
        Family whole = exact == null ? families.get(series.replaceFirst("_(bucket|count|sum)$", "")) : exact;
        if (whole == null) {
            throw new AssertionError(series + " has no HELP");
        }
        return whole;
    }

    private static final class Family {
        private final String meaning;
        private final Set<String> labels = new TreeSet<>();
        private String type;

        Family(String meaning) {
            this.meaning = meaning;
        }

        void addLabels(String line) {
            Matcher label = LABEL.matcher(line);
            while (label.find()) {
                if (!OF_THE_FORMAT.contains(label.group(1))) {
                    labels.add("`" + label.group(1) + "`");
                }
            }
        }

        String row(String name) {
            String unit = UNITS.stream()
                    .filter(each -> name.replaceFirst("_(total|max)$", "").endsWith("_" + each))
                    .findFirst()
                    .orElse("");
            String escaped =
                    meaning.replaceFirst("\\.$", "").replace("<", "&lt;").replace("|", "\\|");
            return "| `" + name + "` | " + type + " | " + unit + " | " + String.join(", ", labels) + " | " + escaped
                    + " |\n";
        }
    }
}
