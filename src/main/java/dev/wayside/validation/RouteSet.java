package dev.wayside.validation;

import dev.wayside.config.Suggestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the routes of several files have to do with each other: their ids, and the messages that they send to each other. */
final class RouteSet {
    private static final String DIRECT = "direct:";

    private final Map<String, Path> fileOfRoute = new HashMap<>();
    private final Set<String> received = new TreeSet<>();
    private final Map<Path, List<YamlNode>> sent = new HashMap<>();

    /**
     * Adds the routes of a file.
     *
     * @return the ids that are used twice in it, or that a file that was added before has, too
     */
    List<Mistake> add(Path file, YamlNode root) {
        List<Mistake> twice = new ArrayList<>();
        ids(file, root, new HashSet<>(), twice, 0);
        for (String kind : List.of("route", "routeTemplate")) {
            root.at(kind, "id").forEach(id -> {
                Path other = fileOfRoute.putIfAbsent(id.text(), file);
                if (other != null && !other.equals(file)) {
                    twice.add(new Mistake(
                            file,
                            id.line(),
                            id.column(),
                            "the route id " + id.text() + " is already used by a route in " + other.getFileName()
                                    + "; each route needs a unique id"));
                }
            });
        }
        collect(file, root, "", 0);
        return twice;
    }

    private static void ids(Path file, YamlNode node, Set<String> seen, List<Mistake> twice, int depth) {
        if (depth > StructureCheck.DEEPEST) {
            return;
        }
        node.get("id")
                .filter(YamlNode::isScalar)
                .filter(id -> !id.text().contains("{{") && !seen.add(id.text()))
                .ifPresent(id -> twice.add(new Mistake(
                        file,
                        id.line(),
                        id.column(),
                        "the id " + id.text() + " is used twice; each id must be unique")));
        node.items().forEach(item -> ids(file, item, seen, twice, depth + 1));
        node.fields().stream()
                .filter(field ->
                        !field.name().equals("parameters") && !field.name().equals("properties"))
                .forEach(field -> ids(file, field.value(), seen, twice, depth + 1));
    }

    private void collect(Path file, YamlNode node, String name, int depth) {
        if (depth > StructureCheck.DEEPEST) {
            return;
        }
        String uri = node.isScalar()
                ? node.text()
                : node.get("uri").map(YamlNode::text).orElse("");
        if (uri.startsWith(DIRECT) && !uri.contains("{{") && !uri.contains("${")) {
            if (name.equals("from")) {
                received.add(endpoint(uri));
            } else if (name.equals("to") || name.equals("wireTap") || name.equals("enrich")) {
                sent.computeIfAbsent(file, any -> new ArrayList<>())
                        .add(node.isScalar() ? node : node.get("uri").orElse(node));
            }
        }
        node.items().forEach(item -> collect(file, item, name, depth + 1));
        node.fields().forEach(field -> collect(file, field.value(), field.name(), depth + 1));
    }

    private static String endpoint(String uri) {
        return uri.replaceFirst("\\?.*", "").replaceFirst("^direct:/{0,2}", "");
    }

    /** The endpoints to which a file sends and which no route receives. */
    List<Mistake> unreceived(Path file) {
        return sent.getOrDefault(file, List.of()).stream()
                .filter(uri -> !received.contains(endpoint(uri.text())))
                .map(uri -> new Mistake(
                        file,
                        uri.line(),
                        uri.column(),
                        "no route begins with " + DIRECT + endpoint(uri.text())
                                + ", so that every message to it fails; the file "
                                + endpoint(uri.text()) + ".yaml may be missing"
                                + Suggestion.nearest(endpoint(uri.text()), received)))
                .toList();
    }
}
