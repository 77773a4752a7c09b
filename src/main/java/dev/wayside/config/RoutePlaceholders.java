package dev.wayside.config;

import dev.wayside.config.Settings.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The keys that routes mention: whoever adds a sink of his own adds its keys by writing {@code {{webhook.url}}}. They
 * must have a dot, since a name without one is a parameter or a bean of the route itself.
 */
final class RoutePlaceholders {
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{\\{\\??([A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)+)(?::[^}]*)?}}");

    /** A sink that drains the journal: it has the key {@code <sink>.start}. */
    private static final Pattern SINK = Pattern.compile("\\bsink:\\s*[\"']?([A-Za-z0-9][A-Za-z0-9_-]*)");

    private RoutePlaceholders() {}

    static Set<String> in(Home home, Map<String, Setting> values, Map<String, String> environment) {
        String path = environment.getOrDefault(
                Key.environmentName("routes.path"), values.get("routes.path").value());
        Path directory = home.find(path);
        Set<String> placeholders = new TreeSet<>();
        if (!Files.isDirectory(directory)) {
            return placeholders;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                String route = Files.readString(file);
                Matcher placeholder = PLACEHOLDER.matcher(route);
                while (placeholder.find()) {
                    placeholders.add(placeholder.group(1));
                }
                Matcher sink = SINK.matcher(route);
                while (sink.find()) {
                    placeholders.add(sink.group(1) + ".start");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the routes in " + directory, e);
        }
        return placeholders;
    }
}
