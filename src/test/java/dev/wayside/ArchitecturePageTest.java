package dev.wayside;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that everything that docs/architecture.md names exists. */
class ArchitecturePageTest {
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");
    private static final Pattern STEP = Pattern.compile("(?m)^\\s*(?:- )?(?:id|name): \"?([A-Za-z0-9-]+)\"?$");

    @Test
    void everyNameOnTheWayOfAnEventExists() throws IOException {
        String page = Files.readString(Path.of("docs/architecture.md"));
        int start = page.indexOf("### One event, step by step");
        int end = page.indexOf("\n## ", start);
        assertTrue(start > 0 && end > start, "the section is there");
        Set<String> known = known();
        Set<String> unknown = new HashSet<>();
        int names = 0;
        for (Matcher name = NAME.matcher(page.substring(start, end)); name.find(); names++) {
            if (!known.contains(name.group(1))) {
                unknown.add(name.group(1));
            }
        }
        assertTrue(names > 25, "so many names: " + names);
        assertTrue(unknown.isEmpty(), "the page names what does not exist: " + unknown);
    }

    private static Set<String> known() throws IOException {
        // Made at run time: the route of the camera that is called front, the thread of a sink, a method.
        Set<String> known = new HashSet<>(Set.of("camera-front", "sink-mqtt", "reject", "CamelJournalBatch"));
        for (Path route : files("routes").toList()) {
            String yaml = Files.readString(route);
            known.add(route.getFileName().toString().replace(".yaml", ""));
            for (Matcher step = STEP.matcher(yaml); step.find(); ) {
                known.add(step.group(1));
            }
        }
        for (Path kamelet : files("kamelets").toList()) {
            known.add(kamelet.getFileName().toString().replace(".kamelet.yaml", ""));
            Matcher uri = Pattern.compile("(from|to):\\s+uri: (journal:\\S+)").matcher(Files.readString(kamelet));
            if (uri.find()) {
                known.add(uri.group(1) + ": " + uri.group(2).replace("{{sink}}", "mqtt"));
            }
        }
        for (String sources : new String[] {"src/main/java", "processors"}) {
            files(sources)
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .forEach(known::add);
        }
        return known;
    }

    private static Stream<Path> files(String folder) {
        try {
            return Files.walk(Path.of(folder)).filter(Files::isRegularFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
