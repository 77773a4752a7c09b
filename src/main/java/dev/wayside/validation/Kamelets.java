package dev.wayside.validation;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.text.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The kamelets that a route can use: those of the kamelets folder, and Wayside's own on the class path. */
final class Kamelets {
    static final String ENDING = ".kamelet.yaml";
    /** The two ends of a kamelet's own template. */
    private static final Set<String> ENDS = Set.of("source", "sink");

    private final Path folder;
    private final Map<String, Optional<Kamelet>> known = new LinkedHashMap<>();

    Kamelets(Path folder) {
        this.folder = folder;
    }

    /**
     * What a route has to know to use a kamelet.
     *
     * @param properties by name
     * @param required the properties that have no default and must be given
     * @param uses the kamelets that its template uses
     */
    record Kamelet(Map<String, YamlNode> properties, Set<String> required, List<String> uses) {
        static Kamelet of(YamlNode root) {
            Map<String, YamlNode> properties = new LinkedHashMap<>();
            root.at("spec", "definition", "properties")
                    .flatMap(node -> node.fields().stream())
                    .forEach(field -> properties.put(field.name(), field.value()));
            Set<String> required = new TreeSet<>();
            root.at("spec", "definition", "required")
                    .flatMap(node -> node.items().stream())
                    .map(YamlNode::text)
                    .filter(name -> !properties.containsKey(name)
                            || properties.get(name).get("default").isEmpty())
                    .forEach(required::add);
            List<String> uses = new ArrayList<>();
            root.at("spec", "template").forEach(template -> collectUses(template, uses, 0));
            return new Kamelet(properties, required, uses);
        }

        private static void collectUses(YamlNode node, List<String> uses, int depth) {
            if (depth > StructureCheck.DEEPEST) {
                return;
            }
            usedBy(node.text()).ifPresent(uses::add);
            node.items().forEach(item -> collectUses(item, uses, depth + 1));
            for (YamlNode.Field field : node.fields()) {
                if (field.name().equals("kamelet")) {
                    YamlNode step = field.value();
                    usedBy("kamelet:"
                                    + (step.isScalar() ? step : step.get("name").orElse(step)).text())
                            .ifPresent(uses::add);
                } else {
                    collectUses(field.value(), uses, depth + 1);
                }
            }
        }
    }

    /** The kamelet that an endpoint uses; empty if it is none, or an end of a template. */
    static Optional<String> usedBy(String uri) {
        return Optional.of(uri)
                .filter(text -> text.startsWith("kamelet:"))
                .map(text -> text.replaceFirst("^kamelet:/{0,2}", "").replaceFirst("[/?].*", ""))
                .filter(name -> !name.isEmpty() && !ENDS.contains(name) && !name.contains("{{"));
    }

    /** A kamelet by its name; empty if there is none, or if its file is no YAML. */
    Optional<Kamelet> find(String name) {
        return known.computeIfAbsent(name, this::read);
    }

    private Optional<Kamelet> read(String name) {
        Path file = folder.resolve(name + ENDING);
        try (InputStream own = Kamelets.class.getResourceAsStream("/kamelets/" + name + ENDING)) {
            String text = Files.exists(file)
                    ? TextFile.read(file)
                    : own == null ? "" : new String(own.readAllBytes(), StandardCharsets.UTF_8);
            return YamlNode.read(file, text).map(Kamelet::of);
        } catch (IOException | InvalidInputException | MistakeException e) {
            // The check of that file says so.
            return Optional.empty();
        }
    }

    /** Whether there is a file for a kamelet, valid or not. */
    boolean exists(String name) {
        return Files.exists(folder.resolve(name + ENDING))
                || Kamelets.class.getResource("/kamelets/" + name + ENDING) != null;
    }

    /** The names of the kamelets in the folder. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(ENDING))
                        .map(name -> name.substring(0, name.length() - ENDING.length()))
                        .forEach(names::add);
            } catch (IOException e) {
                // Only a suggestion gets worse.
                return names;
            }
        }
        return names;
    }

    static String inACircle(String circle) {
        return "kamelets use each other in a circle: " + circle;
    }

    /** The circle of kamelets that begins and ends with this one, as {@code a, b, a}; empty if there is none. */
    Optional<String> circle(String name) {
        return circle(name, List.of(), new HashSet<>());
    }

    /**
     * Follows the kamelets that one uses.
     *
     * @param way the kamelets that lead to it
     * @param seen those from which no circle was found, so that none is followed twice
     */
    private Optional<String> circle(String name, List<String> way, Set<String> seen) {
        List<String> longer = new ArrayList<>(way);
        longer.add(name);
        if (way.contains(name)) {
            return Optional.of(String.join(" uses ", longer.subList(way.indexOf(name), longer.size())));
        }
        Optional<String> found = seen.contains(name)
                ? Optional.empty()
                : find(name).stream()
                        .flatMap(kamelet -> kamelet.uses().stream())
                        .flatMap(next -> circle(next, longer, seen).stream())
                        .findFirst();
        seen.add(name);
        return found;
    }
}
