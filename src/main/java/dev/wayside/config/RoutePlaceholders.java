package dev.wayside.config;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.text.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys that routes use: a user who adds a sink adds its keys by writing {@code {{webhook.url}}} in the route. They
 * must contain a dot, because a name without one is a parameter or a bean of the route itself.
 */
final class RoutePlaceholders {
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{\\{\\s*[?!]?\\s*([A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)+)\\s*(?::([^}]*))?}}");

    /** A route does not declare which of its keys are secret, so names that suggest a secret are treated as one. */
    private static final Pattern SECRET = Pattern.compile(".*(pass|pwd|secret|token|key|credential)[^.]*(?<!-file)");

    /** A sink that reads from the journal, by kamelet or component. It has the keys of {@link SinkKeys#ofUsers}. */
    private static final Pattern SINK = Pattern.compile("\\b(?:sink:\\s*[\"']?|journal:)([A-Za-z0-9][A-Za-z0-9_-]*)");

    private RoutePlaceholders() {}

    /**
     * The keys by name, of the routes in a folder and in further files. Values are checked only for the keys that every sink
     * has.
     */
    static Map<String, Key<?>> in(Path directory, Collection<Path> more) {
        Map<String, Key<?>> keys = new TreeMap<>();
        try {
            for (Path file : RouteFiles.in(directory)) {
                addTo(keys, text(file), file.getFileName().toString());
            }
            more.forEach(file -> addTo(keys, text(file), file.getFileName().toString()));
        } catch (IOException e) {
            throw new SettingsException(
                    RouteKeys.PATH + ": the folder " + directory + " cannot be read: " + e.getMessage());
        }
        return keys;
    }

    private static void addTo(Map<String, Key<?>> keys, String route, String file) {
        for (Matcher placeholder = PLACEHOLDER.matcher(route); placeholder.find(); ) {
            String name = placeholder.group(1);
            String defaultValue = placeholder.group(2) == null ? "" : placeholder.group(2);
            keys.putIfAbsent(
                    name,
                    new Key<>(
                            name,
                            Type.anyText(),
                            defaultValue,
                            "a key of yours, in `" + file + "`",
                            SECRET.matcher(name).matches(),
                            true));
        }
        for (Matcher sink = SINK.matcher(route); sink.find(); ) {
            SinkKeys.ofUsers(sink.group(1)).forEach(key -> keys.put(key.name(), key));
        }
    }

    /** Empty if the file cannot be read. The reason is reported when the routes are loaded. */
    private static String text(Path file) {
        try {
            // A pipe would be waited for.
            return Files.isRegularFile(file) ? TextFile.read(file) : "";
        } catch (InvalidInputException e) {
            return "";
        }
    }
}
