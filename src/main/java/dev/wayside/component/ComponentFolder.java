package dev.wayside.component;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * An added component: its libraries, and the list of their coordinates in the file {@code libraries}. The first one is
 * the component's own.
 *
 * @param name of the folder
 * @param libraries all of them
 */
record ComponentFolder(String name, List<Library> libraries) {
    private static final String LIST = "libraries";

    /** Reads an added component. */
    static ComponentFolder read(Path folder) throws IOException {
        return new ComponentFolder(
                folder.getFileName().toString(),
                Files.readAllLines(folder.resolve(LIST)).stream()
                        .map(Library::parse)
                        .toList());
    }

    /** Whether a folder holds an added component; somebody may have put another one there. */
    static boolean isOne(Path folder) throws IOException {
        Path list = folder.resolve(LIST);
        return Files.isRegularFile(list)
                && Files.size(list) > 0
                && Files.readAllLines(list).stream().allMatch(Library::isOne);
    }

    /** Camel's version of the component. */
    String version() {
        return libraries.get(0).version();
    }

    /** Moves the libraries out of a repository into a folder, and writes their list. */
    void fill(Path folder, Path repository) throws IOException {
        Files.createDirectory(folder);
        for (Library library : libraries) {
            Files.move(repository.resolve(pathOf(library)), folder.resolve(library.fileName()));
        }
        Files.write(
                folder.resolve(LIST), libraries.stream().map(Library::toString).toList());
    }

    private static String pathOf(Library library) {
        String directory = library.group().replace('.', '/') + "/" + library.artifact() + "/" + library.version() + "/";
        String file = library.artifact() + "-" + library.version();
        return directory + file + (library.classifier().isEmpty() ? "" : "-" + library.classifier()) + ".jar";
    }

    /** The size of everything in the folder, in bytes. */
    static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            long sum = 0;
            for (Path file : files.toList()) {
                sum += Files.size(file);
            }
            return sum;
        }
    }
}
