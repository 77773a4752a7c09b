package dev.wayside.config;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Compares the tables of docs/configuration.md with the declarations of the keys, and can rewrite them. */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("docs/configuration.md");
    private static final String WRITE = "wayside.write-docs";

    @Test
    void theTablesAreThoseOfTheKeys() throws IOException {
        String page = Files.readString(PAGE);
        String written = page;
        for (KeyGroup group : Keys.groups()) {
            Matcher table = Pattern.compile(
                            "(<!-- keys: " + group.title() + " -->\n).*?(<!-- end of keys -->)", Pattern.DOTALL)
                    .matcher(written);
            assertTrue(table.find(), "the page has no place for the keys of " + group.title());
            written = written.substring(0, table.end(1)) + table(group) + written.substring(table.start(2));
        }
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(PAGE, written);
            page = written;
        }
        assertEquals(
                written,
                page,
                PAGE + " is stale; mvn test -Dtest=ConfigurationPageTest -D" + WRITE + "=true writes it");
    }

    private static String table(KeyGroup group) {
        return "| key | default | allowed | takes effect | meaning |\n|---|---|---|---|---|\n"
                + group.keys().stream().map(ConfigurationPageTest::row).collect(joining());
    }

    private static String row(Key<?> key) {
        String defaultValue = key.defaultValue().isEmpty() ? "empty" : "`" + key.defaultValue() + "`";
        return ("| `" + key.name() + "` | " + defaultValue + " | " + key.type().allowed() + " | "
                + (key.changeable() ? "when saved" : "at a restart") + " | " + key.meaning() + " |\n");
    }
}
