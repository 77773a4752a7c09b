package dev.wayside.validation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The ids of routes and their steps, all of which Camel wants to be different. It does not look at those of expressions, of
 * blocks such as {@code when}, of what happens after an exception, and of the steps of templates.
 */
final class RouteIds {
    private final Map<String, Path> files = new HashMap<>();

    /**
     * Adds the ids of a file.
     *
     * @return those that are used twice in it, or that a file that was added before has, too
     */
    List<Mistake> add(Path file, YamlNode root) {
        List<Mistake> twice = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (YamlNode entry : root.items()) {
            for (YamlNode.Field part : entry.fields()) {
                switch (part.name()) {
                    case "route", "from" -> route(file, part.value(), seen, twice);
                    case "routeTemplate" -> ofRoute(file, part.value(), seen, twice);
                    default -> {
                        // It has no steps with ids that matter.
                    }
                }
            }
        }
        return twice;
    }

    private void route(Path file, YamlNode route, Set<String> seen, List<Mistake> twice) {
        boolean isCopy = !ofRoute(file, route, seen, twice);
        steps(route).filter(id -> !id.text().contains("{{")).forEach(id -> {
            once(file, id, seen, twice);
            Path other = files.putIfAbsent(id.text(), file);
            // A copy of a whole route is one mistake.
            if (other != null && !other.equals(file) && !isCopy) {
                twice.add(mistake(
                        file,
                        id,
                        "the id " + id.text() + " is already used in " + other.getFileName()
                                + "; each id must be unique"));
            }
        });
    }

    /** Whether no other file has the id of the route. */
    private boolean ofRoute(Path file, YamlNode route, Set<String> seen, List<Mistake> twice) {
        Optional<YamlNode> id = route.get("id").filter(each -> !each.text().contains("{{"));
        id.ifPresent(each -> once(file, each, seen, twice));
        Path other = id.map(each -> files.putIfAbsent(each.text(), file)).orElse(file);
        if (!other.equals(file)) {
            twice.add(mistake(
                    file,
                    id.get(),
                    "the route id " + id.get().text() + " is already used by a route in " + other.getFileName()
                            + "; each route needs a unique id"));
        }
        return other.equals(file);
    }

    private static void once(Path file, YamlNode id, Set<String> seen, List<Mistake> twice) {
        if (!seen.add(id.text())) {
            twice.add(mistake(file, id, "the id " + id.text() + " is used twice; each id must be unique"));
        }
    }

    private static Mistake mistake(Path file, YamlNode id, String reason) {
        return new Mistake(file, id.line(), id.column(), reason);
    }

    /** The ids of the steps of a route, in their order. */
    private static Stream<YamlNode> steps(YamlNode route) {
        return Stream.concat(route.at("from", "steps"), route.at("steps")).flatMap(RouteIds::inList);
    }

    private static Stream<YamlNode> inList(YamlNode steps) {
        return steps.items().stream()
                .flatMap(step -> step.fields().stream())
                .map(YamlNode.Field::value)
                .flatMap(step -> Stream.of(
                                step.get("id").stream(),
                                step.at("steps").flatMap(RouteIds::inList),
                                step.at("when", "steps").flatMap(RouteIds::inList),
                                step.at("otherwise", "steps").flatMap(RouteIds::inList))
                        .flatMap(ids -> ids));
    }
}
