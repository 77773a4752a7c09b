package dev.wayside.component;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.failure.UnavailableException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The components in {@code lib/}, one folder each. A folder appears there and disappears in one step, so the launcher
 * never finds half of a component. Unfinished folders begin with a dot, which the launcher ignores.
 */
final class AddedComponents {
    private static final String UNFINISHED = ".unfinished-";

    private final Path lib;
    private final OwnLibraries own;

    /**
     * Works in a folder.
     *
     * @param lib need not exist
     * @param own the libraries of Wayside itself
     */
    AddedComponents(Path lib, OwnLibraries own) {
        this.lib = lib;
        this.own = own;
    }

    /** All that were added, by name. */
    List<ComponentFolder> list() throws IOException {
        List<ComponentFolder> added = new ArrayList<>();
        if (Files.isDirectory(lib)) {
            try (Stream<Path> folders = Files.list(lib)) {
                for (Path folder : folders.sorted().toList()) {
                    if (!folder.getFileName().toString().startsWith(".") && ComponentFolder.isOne(folder)) {
                        added.add(ComponentFolder.read(folder));
                    }
                }
            }
        }
        return added;
    }

    /** The component in the folder of that name. */
    Optional<ComponentFolder> find(String name) throws IOException {
        return list().stream().filter(added -> added.name().equals(name)).findFirst();
    }

    /** Where a component is. */
    Path folder(String name) {
        return lib.resolve(name);
    }

    /**
     * Adds a component, or replaces another version of it.
     *
     * @param name of its folder
     * @param component its own library
     * @param maven copies the libraries
     * @return what was added: the libraries that Wayside does not have
     * @throws InvalidInputException if a library is in use in an incompatible version, or if the folder of that name is
     *     somebody's own; nothing was changed
     * @throws UnavailableException if Maven fails, or the folder cannot be written; nothing was changed
     */
    ComponentFolder add(String name, Library component, MavenResolver maven) throws IOException, InterruptedException {
        if (Files.exists(folder(name)) && !ComponentFolder.isOne(folder(name))) {
            throw new InvalidInputException(
                    folder(name) + " was not made by ./wayside component add, which would delete"
                            + " what is in it. Rename it or move it away.");
        }
        Path unfinished = begin();
        try {
            Path repository = maven.copy(component, unfinished);
            List<Library> needed = own.without(component, libraries(repository, component));
            requireNoConflict(name, needed);
            ComponentFolder added = new ComponentFolder(name, needed);
            Path filled = unfinished.resolve(name);
            added.fill(filled, repository);
            if (Files.exists(folder(name))) {
                Files.move(folder(name), unfinished.resolve("replaced"), StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(filled, folder(name), StandardCopyOption.ATOMIC_MOVE);
            return added;
        } finally {
            delete(unfinished);
        }
    }

    /** Removes a component with its libraries; other components have their own. */
    void remove(String name) throws IOException {
        Path unfinished = begin();
        Files.move(folder(name), unfinished.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        delete(unfinished);
    }

    /** Also deletes what a killed process has left. */
    private Path begin() throws IOException {
        try {
            Files.createDirectories(lib);
            try (Stream<Path> folders = Files.list(lib)) {
                for (Path folder : folders.toList()) {
                    if (isAbandoned(folder.getFileName().toString())) {
                        delete(folder);
                    }
                }
            }
            return Files.createDirectory(
                    lib.resolve(UNFINISHED + ProcessHandle.current().pid()));
        } catch (AccessDeniedException e) {
            throw new UnavailableException(
                    "You have no write permission in " + lib + ": run this command as the owner of that folder.", e);
        }
    }

    private static boolean isAbandoned(String folder) {
        return folder.matches("\\.unfinished-\\d{1,9}")
                && ProcessHandle.of(Long.parseLong(folder.substring(UNFINISHED.length())))
                        .filter(process ->
                                process.pid() != ProcessHandle.current().pid())
                        .isEmpty();
    }

    /** Two components share the class path, and nobody has tested them with each other's versions. */
    private void requireNoConflict(String name, List<Library> needed) throws IOException {
        for (ComponentFolder other : list()) {
            for (Library theirs : other.libraries()) {
                for (Library library : needed) {
                    if (!other.name().equals(name)
                            && library.name().equals(theirs.name())
                            && !library.version().equals(theirs.version())) {
                        throw new InvalidInputException(
                                name + " needs " + library + ", but the component " + other.name()
                                        + " has " + theirs + ". Only one of the two can be added: remove the other with"
                                        + " ./wayside component remove " + other.name());
                    }
                }
            }
        }
    }

    /** The component's own library first. */
    private static List<Library> libraries(Path repository, Library component) throws IOException {
        try (Stream<Path> files = Files.walk(repository)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .map(file -> Library.inRepository(repository.relativize(file)))
                    .sorted(Comparator.comparing((Library library) -> !library.equals(component))
                            .thenComparing(Library::toString))
                    .toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
