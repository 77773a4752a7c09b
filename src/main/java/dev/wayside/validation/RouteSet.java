package dev.wayside.validation;

import dev.wayside.config.Suggestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the routes of several files have to do with each other: their ids, and the messages that they send to each other. */
final class RouteSet {
    private static final String DIRECT = "direct:";

    private static final Set<String> SENDERS =
            Set.of("to", "wireTap", "deadLetterUri", "afterUri", "compensation", "completion");

    private final RouteIds ids = new RouteIds();
    private final Set<String> received = new TreeSet<>();
    private final Map<Path, List<Sent>> sent = new HashMap<>();
    private boolean receivesAnything;

    private record Sent(YamlNode where, String endpoint) {}

    /**
     * Adds the routes of a file.
     *
     * @return the ids that are used twice in it, or that a file that was added before has, too
     */
    List<Mistake> add(Path file, YamlNode root) {
        collect(file, root, "", 0);
        return ids.add(file, root);
    }

    private void collect(Path file, YamlNode node, String name, int depth) {
        if (depth > StructureCheck.DEEPEST) {
            return;
        }
        String endpoint = endpoint(node);
        boolean isKnown = !endpoint.contains("{{") && !endpoint.contains("${");
        if (!endpoint.isEmpty() && name.equals("from")) {
            received.add(endpoint);
            receivesAnything |= !isKnown;
        } else if (!endpoint.isEmpty() && isKnown && SENDERS.contains(name)) {
            sent.computeIfAbsent(file, any -> new ArrayList<>())
                    .add(new Sent(node.get("uri").orElse(node), endpoint));
        }
        node.items().forEach(item -> collect(file, item, name, depth + 1));
        node.fields().forEach(field -> collect(file, field.value(), field.camelName(), depth + 1));
    }

    /** The name of an endpoint of the component {@code direct}; empty for any other. */
    private static String endpoint(YamlNode node) {
        String uri = node.isScalar()
                ? node.text()
                : node.get("uri").map(YamlNode::text).orElse("");
        String name = uri.equals("direct")
                ? node.at("parameters", "name").map(YamlNode::text).findFirst().orElse("")
                : uri.startsWith(DIRECT) ? uri.substring(DIRECT.length()) : "";
        return name.replaceFirst("^/{1,2}", "").replaceFirst("(?<!\\{\\{)\\?.*", "");
    }

    /** The endpoints to which a file sends and which no route receives; none while a route receives from an unknown one. */
    List<Mistake> unreceived(Path file) {
        return sent.getOrDefault(file, List.of()).stream()
                .filter(each -> !receivesAnything && !received.contains(each.endpoint()))
                .map(each -> new Mistake(
                        file,
                        each.where().line(),
                        each.where().column(),
                        "no route begins with " + DIRECT + each.endpoint()
                                + ", so that every message to it fails; the file " + each.endpoint()
                                + ".yaml may be missing" + Suggestion.nearest(each.endpoint(), received)))
                .toList();
    }
}
