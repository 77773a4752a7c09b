package dev.wayside.routes;

import dev.wayside.validation.FileContent;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Which files use what other files offer, directly, through a kamelet, or through a third file. For one thread at a time. */
final class Dependencies {
    /** The text and content of each kamelet of the folder, valid or not yet checked. */
    private final Map<String, Kamelet> kamelets = new TreeMap<>();

    private record Kamelet(String text, FileContent content) {}

    void put(String name, Path file, String text) {
        kamelets.put(name, new Kamelet(text, FileContent.of(file, text)));
    }

    void remove(String kamelet) {
        kamelets.remove(kamelet);
    }

    Set<String> kamelets() {
        return kamelets.keySet();
    }

    /** The text of a kamelet, or null. */
    String text(String kamelet) {
        return kamelets.containsKey(kamelet) ? kamelets.get(kamelet).text : null;
    }

    /** All kamelets that a file uses, also those that only its kamelets use. */
    Set<String> kameletsOf(FileContent content) {
        Set<String> all = new TreeSet<>(content.kamelets());
        for (Set<String> next = Set.copyOf(all); !next.isEmpty(); ) {
            Set<String> further = new HashSet<>();
            next.stream()
                    .filter(kamelets::containsKey)
                    .forEach(name -> further.addAll(kamelets.get(name).content.kamelets()));
            further.removeAll(all);
            all.addAll(further);
            next = further;
        }
        return all;
    }

    /** Whether a kamelet uses itself, directly or through others. */
    boolean isCircular(String kamelet) {
        return kameletsOf(kamelets.get(kamelet).content).contains(kamelet);
    }

    /** Whether one of the kamelets that a file uses has such a text. */
    boolean usesKamelet(FileContent content, Predicate<String> text) {
        return kameletsOf(content).stream()
                .anyMatch(name -> kamelets.containsKey(name) && text.test(kamelets.get(name).text));
    }

    /**
     * The files whose beans and templates would be outdated when others are loaded again.
     *
     * @param files all files
     * @param changed those that are loaded again
     * @param offers the beans and templates that these have or had, if not all of them are among the files
     * @return further files, each after one that it uses
     */
    Set<Path> usersOf(Map<Path, FileContent> files, Collection<Path> changed, Collection<String> offers) {
        Set<String> names = new HashSet<>(offers);
        changed.stream()
                .filter(files::containsKey)
                .forEach(file -> names.addAll(files.get(file).offers()));
        Set<Path> users = new LinkedHashSet<>();
        for (boolean more = true; more; ) {
            more = false;
            for (Map.Entry<Path, FileContent> each : files.entrySet()) {
                if (!changed.contains(each.getKey())
                        && !users.contains(each.getKey())
                        && mentions(each.getValue(), names)) {
                    users.add(each.getKey());
                    names.addAll(each.getValue().offers());
                    more = true;
                }
            }
        }
        return users;
    }

    private boolean mentions(FileContent content, Set<String> names) {
        return content.mentions(names)
                || kameletsOf(content).stream()
                        .anyMatch(name -> kamelets.containsKey(name)
                                && kamelets.get(name).content.mentions(names));
    }
}
