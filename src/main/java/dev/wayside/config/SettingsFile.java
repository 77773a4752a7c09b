package dev.wayside.config;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.text.TextFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** A properties file with settings: the user's own, and the one that Camel K mounts. */
final class SettingsFile {
    /** The folder in which Camel K mounts the properties of an Integration. Camel K sets the variable. */
    private static final String CAMEL_K_FOLDER = "CAMEL_K_CONF_D";

    private static final String CAMEL_K_FILE = "user.properties";

    private SettingsFile() {}

    /** The file with the properties of an Integration ({@code kamel run -p key=value}); empty outside Camel K. */
    static Optional<Path> ofCamelK(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(CAMEL_K_FOLDER))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder).resolve(CAMEL_K_FILE));
    }

    /**
     * Reads a file.
     *
     * @param problems gets a sentence if the file cannot be read
     * @return its keys with their values as written, in the order of the keys; nothing if it does not exist
     */
    static Map<String, String> read(Path file, Problems problems) {
        Map<String, String> values = new TreeMap<>();
        // A link that leads nowhere, or a folder that may not be searched, is no absent file.
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            return values;
        }
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(TextFile.read(file)));
        } catch (InvalidInputException e) {
            problems.add(e.getMessage());
        } catch (IOException | IllegalArgumentException e) {
            problems.add("Cannot read " + file + ": " + e.getMessage().replaceFirst("\\.+$", "")
                    + ". In a properties file, write a backslash twice.");
        }
        properties.forEach((key, value) -> values.put((String) key, (String) value));
        return values;
    }
}
