package dev.wayside.config;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.text.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys that routes mention: whoever adds a sink of his own adds its keys by writing {@code {{webhook.url}}}. They
 * must have a dot, since a name without one is a parameter or a bean of the route itself.
 */
final class RoutePlaceholders {
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{\\{\\s*[?!]?\\s*([A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)+)\\s*(?::([^}]*))?}}");

    /** Nobody says so of a key in a route; it is better not to show one too many. */
    private static final Pattern SECRET = Pattern.compile(".*(pass|pwd|secret|token|key|credential)[^.]*(?<!-file)");

    /** A sink that drains the journal, by the kamelet or by the component: it has the keys of {@link SinkKeys#ofUsers}. */
    private static final Pattern SINK = Pattern.compile("\\b(?:sink:\\s*[\"']?|journal:)([A-Za-z0-9][A-Za-z0-9_-]*)");

    private RoutePlaceholders() {}

    /** The keys by their names; of those that are no sink's nobody but the route knows what they may be. */
    static Map<String, Key<?>> in(Path directory) {
        Map<String, Key<?>> keys = new TreeMap<>();
        try {
            for (Path file : RouteFiles.in(directory)) {
                addTo(keys, text(file), file.getFileName().toString());
            }
        } catch (IOException e) {
            throw new SettingsException(
                    RouteKeys.PATH + ": the folder " + directory + " cannot be read: " + e.getMessage());
        }
        return keys;
    }

    private static void addTo(Map<String, Key<?>> keys, String route, String file) {
        for (Matcher placeholder = PLACEHOLDER.matcher(route); placeholder.find(); ) {
            String name = placeholder.group(1);
            String standard = placeholder.group(2) == null ? "" : placeholder.group(2);
            keys.putIfAbsent(
                    name,
                    new Key<>(
                            name,
                            Type.anyText(),
                            standard,
                            "a key of yours, in `" + file + "`",
                            SECRET.matcher(name).matches(),
                            false));
        }
        for (Matcher sink = SINK.matcher(route); sink.find(); ) {
            SinkKeys.ofUsers(sink.group(1)).forEach(key -> keys.put(key.name(), key));
        }
    }

    /** One that cannot be read has no keys; why, is said when the routes are loaded. */
    private static String text(Path file) {
        try {
            return TextFile.read(file);
        } catch (InvalidInputException e) {
            return "";
        }
    }
}
