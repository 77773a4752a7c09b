package dev.wayside.config;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeysTest {
    private static final Set<String> OF_EVERY_SINK = Set.of("enabled", "batch-size", "start", "late-after");

    @Test
    void everyKeyIsDescribedAndItsDefaultIsAllowed() {
        Keys.known()
                .values()
                .forEach(key -> assertAll(
                        key.name(),
                        () -> assertTrue(key.name().matches("[a-z][a-z-]*(\\.[a-z][a-z-]*)?")),
                        () -> assertTrue(key.type().accepts(key.defaultValue()), "the default"),
                        () -> assertTrue(key.meaning().matches("(?s)[\\p{Ll}`A-Z0-9].{8,}[^.]"), key.meaning()),
                        () -> assertFalse(key.meaning().contains("|"), "would end a cell"),
                        () -> assertFalse(key.secret() && !key.defaultValue().isEmpty(), "a secret has no default")));
    }

    /** A key can be renamed in one place. */
    @Test
    void aKeysNameIsWrittenOnceInTheJavaCode() throws IOException {
        Map<String, Integer> found = new HashMap<>();
        Pattern literal = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
        try (Stream<Path> sources =
                Stream.concat(Files.walk(Path.of("src/main/java")), Files.walk(Path.of("processors")))) {
            sources.filter(file -> file.toString().endsWith(".java")).forEach(file -> {
                for (Matcher matcher = literal.matcher(read(file)); matcher.find(); ) {
                    found.merge(matcher.group(1).replaceFirst("=.*", ""), 1, Integer::sum);
                }
            });
        }
        for (String name : Keys.known().keySet()) {
            boolean common = OF_EVERY_SINK.contains(name.substring(name.indexOf('.') + 1));
            // "cameras" and "device" are words, too: names of parts, and fields of an event.
            int once = name.contains(".") ? common ? 0 : 1 : found.getOrDefault(name, 0);
            assertEquals(once, found.getOrDefault(name, 0), name);
        }
    }

    @Test
    void secretsAreKnown() {
        assertEquals(
                List.of("mqtt.password", "influxdb.password", "elasticsearch.api-key", "elasticsearch.password"),
                Keys.known().values().stream()
                        .filter(Key::secret)
                        .map(Key::name)
                        .toList());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
