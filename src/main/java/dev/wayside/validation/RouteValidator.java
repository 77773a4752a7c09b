package dev.wayside.validation;

import dev.wayside.config.RouteFiles;
import dev.wayside.failure.InvalidInputException;
import dev.wayside.text.TextFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds every mistake in route and kamelet files without running them. It reads Camel's schema and catalog, which take some
 * ten megabytes, so it should not be kept when it is not used.
 */
public final class RouteValidator {
    private static final String CAMEL_BEANS = "camel.beans.";

    private final Surroundings surroundings;
    private final DslSchema schema;
    private final ComponentCatalog catalog;

    /** Reads the schema and the catalog. */
    public RouteValidator(Surroundings surroundings) {
        this(surroundings, new DslSchema(), new ComponentCatalog());
    }

    private RouteValidator(Surroundings surroundings, DslSchema schema, ComponentCatalog catalog) {
        this.surroundings = surroundings;
        this.schema = schema;
        this.catalog = catalog;
    }

    /** A validator for other surroundings, which has the schema and the catalog already. */
    RouteValidator in(Surroundings others) {
        return new RouteValidator(others, schema, catalog);
    }

    /** Whether the name of a file is that of a kamelet. */
    public static boolean isKamelet(Path file) {
        return file.getFileName().toString().endsWith(Kamelets.ENDING);
    }

    /** The circle in which a kamelet of a folder uses itself, in words; empty if there is none. */
    public static Optional<String> circle(Path kamelets, String name) {
        return new Kamelets(kamelets).circle(name).map(Kamelets::inACircle);
    }

    /** All files of the routes folder and of the kamelets folder. */
    public List<Path> all() {
        try {
            List<Path> all = new ArrayList<>(RouteFiles.in(surroundings.routes()));
            RouteFiles.in(surroundings.kamelets()).stream()
                    .filter(RouteValidator::isKamelet)
                    .forEach(all::add);
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Checks files together with the routes folder: each file by itself, ids that two files use, and messages that are sent
     * to no route.
     *
     * @return the mistakes in these files, by file and line
     */
    public List<Mistake> check(Collection<Path> files) {
        Map<Path, YamlNode> roots = new LinkedHashMap<>();
        Set<Mistake> found = new TreeSet<>();
        for (Path file : files) {
            try {
                String text = TextFile.read(file);
                if (text.isBlank()) {
                    found.add(new Mistake(file, 1, 1, "the file is empty"));
                }
                YamlNode.read(file, text).ifPresent(root -> roots.put(file, root));
            } catch (MistakeException e) {
                found.add(e.mistake());
            } catch (InvalidInputException e) {
                found.add(new Mistake(file, 1, 1, e.getMessage()));
            }
        }
        Map<Path, YamlNode> others = others(roots.keySet());
        Set<String> beans = beans();
        Stream.concat(roots.values().stream(), others.values().stream()).forEach(root -> beans.addAll(beansOf(root)));
        roots.forEach((file, root) -> found.addAll(check(file, root, beans)));
        RouteSet set = new RouteSet();
        others.forEach((file, root) -> set.add(file, root));
        roots.entrySet().stream()
                .filter(each -> !isKamelet(each.getKey()))
                .forEach(each -> found.addAll(set.add(each.getKey(), each.getValue())));
        roots.keySet().forEach(file -> found.addAll(set.unreceived(file)));
        return List.copyOf(found);
    }

    /** Checks one file by itself, with a text that may differ from what is on the disk. */
    public List<Mistake> check(Path file, String text) {
        try {
            Optional<YamlNode> root = YamlNode.read(file, text);
            if (root.isEmpty()) {
                return List.of();
            }
            Set<String> beans = beans();
            beans.addAll(beansOf(root.get()));
            RouteSet set = new RouteSet();
            others(Set.of(file)).forEach((path, other) -> {
                beans.addAll(beansOf(other));
                // Of an original and its copy, the copy is at fault.
                if (RouteFiles.ORIGINALS_FIRST.compare(path, file) < 0) {
                    set.add(path, other);
                }
            });
            Set<Mistake> found = check(file, root.get(), beans);
            if (!isKamelet(file)) {
                found.addAll(set.add(file, root.get()));
            }
            return List.copyOf(found);
        } catch (MistakeException e) {
            return List.of(e.mistake());
        }
    }

    /** The valid files of the routes folder beside these; one with the same name is the one that is to be replaced. */
    private Map<Path, YamlNode> others(Set<Path> files) {
        Set<Path> names = new TreeSet<>();
        files.forEach(file -> names.add(file.getFileName()));
        Map<Path, YamlNode> others = new LinkedHashMap<>();
        try {
            for (Path file : RouteFiles.in(surroundings.routes())) {
                if (!names.contains(file.getFileName()) && Files.isRegularFile(file)) {
                    readIfValid(file).ifPresent(root -> others.put(file, root));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return others;
    }

    private static Optional<YamlNode> readIfValid(Path file) {
        try {
            return YamlNode.read(file, TextFile.read(file));
        } catch (InvalidInputException | MistakeException e) {
            // Only files to be checked are reported.
            return Optional.empty();
        }
    }

    /** Those of Wayside, and those that Camel makes from the settings. */
    private Set<String> beans() {
        Set<String> names = new TreeSet<>(surroundings.beans());
        surroundings.values().keySet().stream()
                .filter(key -> key.startsWith(CAMEL_BEANS))
                .forEach(key -> names.add(key.substring(CAMEL_BEANS.length()).replaceFirst("[.\\[].*", "")));
        return names;
    }

    /** The names of the beans and data formats that a file defines for all. */
    private static Set<String> beansOf(YamlNode root) {
        Set<String> names = new TreeSet<>();
        root.at("beans", "name").forEach(name -> names.add(name.text()));
        root.at("dataFormats")
                .flatMap(list -> list.items().stream())
                .flatMap(format -> format.fields().stream())
                .flatMap(format -> format.value().get("id").stream())
                .forEach(id -> names.add(id.text()));
        return names;
    }

    private Set<Mistake> check(Path file, YamlNode root, Set<String> beans) {
        Mistakes mistakes = new Mistakes(file);
        Kamelets kamelets = new Kamelets(surroundings.kamelets());
        StructureCheck structure = new StructureCheck(schema, mistakes);
        if (isKamelet(file)) {
            new KameletCheck(structure, mistakes).check(file, root);
            root.at("spec", "template")
                    .forEach(template -> names(template, local(root, template), beans, kamelets, mistakes));
            return mistakes.found();
        }
        structure.routes(root);
        for (YamlNode entry : root.items()) {
            Set<String> local = new TreeSet<>();
            entry.get("routeTemplate").ifPresent(template -> {
                template.at("parameters")
                        .flatMap(list -> list.items().stream())
                        .flatMap(parameter -> parameter.get("name").stream())
                        .forEach(name -> local.add(name.text()));
                local.addAll(localBeans(template));
            });
            names(entry, local, beans, kamelets, mistakes);
        }
        return mistakes.found();
    }

    private static Set<String> local(YamlNode kamelet, YamlNode template) {
        Set<String> local = localBeans(template);
        kamelet.at("spec", "definition", "properties")
                .flatMap(properties -> properties.fields().stream())
                .forEach(property -> local.add(property.name()));
        return local;
    }

    private static Set<String> localBeans(YamlNode template) {
        Set<String> names = new TreeSet<>();
        template.at("beans")
                .flatMap(list -> list.items().stream())
                .flatMap(bean -> bean.get("name").stream())
                .forEach(name -> names.add(name.text()));
        return names;
    }

    private void names(YamlNode part, Set<String> local, Set<String> beans, Kamelets kamelets, Mistakes mistakes) {
        Placeholders placeholders = new Placeholders(surroundings.values(), local);
        Set<String> known = new TreeSet<>(beans);
        known.addAll(local);
        BeanCheck named = new BeanCheck(known, placeholders, mistakes);
        new NameCheck(
                        catalog,
                        surroundings.programs(),
                        placeholders,
                        new EndpointCheck(catalog, kamelets, surroundings.programs(), named, mistakes),
                        named,
                        mistakes)
                .check(part);
    }
}
