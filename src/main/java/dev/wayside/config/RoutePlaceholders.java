package dev.wayside.config;

import dev.wayside.config.Settings.Setting;
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
            Pattern.compile("\\{\\{\\??\\s*([A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)+)\\s*(?::[^}]*)?}}");

    /** A sink that drains the journal, by the kamelet or by the component: it has the keys of {@link Keys#ofSink}. */
    private static final Pattern SINK = Pattern.compile("\\b(?:sink:\\s*[\"']?|journal:)([A-Za-z0-9][A-Za-z0-9_-]*)");

    private RoutePlaceholders() {}

    /** The keys by their names; of those that are no sink's nobody but the route knows what they may be. */
    static Map<String, Key> in(Home home, Map<String, Setting> values, Map<String, String> environment) {
        String path = environment.getOrDefault(
                Key.environmentName("routes.path"), values.get("routes.path").value());
        Path directory = home.find(path);
        Map<String, Key> keys = new TreeMap<>();
        try {
            for (Path file : RouteFiles.in(directory)) {
                addKeys(textOf(file), keys);
            }
        } catch (IOException e) {
            throw new SettingsException("routes.path: the folder " + directory + " cannot be read: " + e.getMessage());
        }
        return keys;
    }

    /** What is wrong with a file is said when its routes are taken up. */
    private static String textOf(Path file) {
        try {
            return TextFile.read(file);
        } catch (InvalidInputException e) {
            return "";
        }
    }

    private static void addKeys(String route, Map<String, Key> keys) {
        Matcher placeholder = PLACEHOLDER.matcher(route);
        while (placeholder.find()) {
            keys.putIfAbsent(placeholder.group(1), Key.of(placeholder.group(1), Rule.anyText()));
        }
        Matcher sink = SINK.matcher(route);
        while (sink.find()) {
            Keys.ofSink(sink.group(1)).forEach(key -> keys.put(key.name(), key));
        }
    }
}
