package dev.wayside.validation;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a route or kamelet file offers to others, and what it names of theirs, read from its text alone. Comments and
 * descriptions name nothing. A text that is no YAML has no content.
 */
public final class FileContent {
    private static final Pattern KAMELET = Pattern.compile("(?<![\\w.-])kamelet:/{0,2}([\\w.-]+)");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\w.-]+");
    /** The two ends of a kamelet's own template. */
    private static final Set<String> ENDS = Set.of("source", "sink");

    private final Path file;
    private final Set<String> kamelets = new TreeSet<>();
    private final Set<String> words = new HashSet<>();
    private final Set<String> offers = new TreeSet<>();
    private boolean isYaml;
    private boolean hasBeans;
    private final Map<String, YamlNode> ids = new LinkedHashMap<>();
    private final StringBuilder configurations = new StringBuilder();

    private FileContent(Path file) {
        this.file = file;
    }

    /** The content of a file with this text. */
    public static FileContent of(Path file, String text) {
        FileContent content = new FileContent(file);
        try {
            YamlNode.read(file, text).ifPresent(content::read);
            content.isYaml = true;
        } catch (MistakeException e) {
            // Whoever loads the file says so.
            return content;
        }
        return content;
    }

    private void read(YamlNode root) {
        visit(root, 0);
        for (YamlNode entry : root.items()) {
            for (String kind : new String[] {"route", "routeTemplate"}) {
                entry.at(kind, "id").forEach(id -> ids.putIfAbsent(id.text(), id));
            }
            entry.at("routeTemplate", "id").forEach(id -> offers.add(id.text()));
            entry.at("beans")
                    .flatMap(list -> list.items().stream())
                    .flatMap(bean -> bean.get("name").stream())
                    .forEach(name -> hasBeans |= offers.add(name.text()));
            entry.get("routeConfiguration").ifPresent(each -> write(each, 0));
        }
    }

    private void visit(YamlNode node, int depth) {
        if (depth > StructureCheck.DEEPEST) {
            return;
        }
        if (node.isScalar()) {
            name(node.text());
        }
        node.items().forEach(item -> visit(item, depth + 1));
        for (YamlNode.Field field : node.fields()) {
            if (field.name().equals("kamelet")) {
                YamlNode step = field.value();
                name("kamelet:" + (step.isScalar() ? step : step.get("name").orElse(step)).text());
            }
            if (!field.name().equals("description")) {
                visit(field.value(), depth + 1);
            }
        }
    }

    private void name(String text) {
        KAMELET.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(name -> !ENDS.contains(name))
                .forEach(kamelets::add);
        for (String word : BETWEEN_WORDS.split(text)) {
            words.add(word);
            Collections.addAll(words, word.split("\\."));
        }
    }

    /** As a text that is the same for the same configuration, whatever the comments are. */
    private void write(YamlNode node, int depth) {
        if (depth > StructureCheck.DEEPEST) {
            return;
        }
        configurations.append('(').append(node.text());
        node.items().forEach(item -> write(item, depth + 1));
        node.fields().forEach(field -> {
            configurations.append(field.name()).append('=');
            write(field.value(), depth + 1);
        });
        configurations.append(')');
    }

    /** Whether the text is YAML at all. */
    public boolean isYaml() {
        return isYaml;
    }

    /** The names of the kamelets that it uses itself. */
    public Set<String> kamelets() {
        return Collections.unmodifiableSet(kamelets);
    }

    /** The names of its beans and route templates, which other files can use. */
    public Set<String> offers() {
        return Collections.unmodifiableSet(offers);
    }

    /** Whether it has beans, which Camel creates as soon as it parses the file. */
    public boolean hasBeans() {
        return hasBeans;
    }

    /** Whether one of these names is a word in one of its values. */
    public boolean mentions(Collection<String> names) {
        return names.stream().anyMatch(words::contains);
    }

    /** Whether both have the same route configurations, which apply to the routes of all files. */
    public boolean hasSameConfigurations(FileContent other) {
        return configurations.compareTo(other.configurations) == 0;
    }

    /** The mistake that it has the id of a route or template of another file; empty if it has not. */
    public Optional<Mistake> idTakenFrom(FileContent other) {
        return ids.entrySet().stream()
                .filter(id -> other.ids.containsKey(id.getKey()))
                .map(id -> new Mistake(
                        file,
                        id.getValue().line(),
                        id.getValue().column(),
                        "the route id " + id.getKey() + " is already used by a route in " + other.file.getFileName()
                                + "; each route needs a unique id"))
                .findFirst();
    }
}
