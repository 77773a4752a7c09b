package dev.wayside.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Which files of the routes folder are routes, by their names alone. */
public final class RouteFiles {
    /** A copy has a longer name than its original, which comes first and keeps its ids. */
    private static final Comparator<Path> ORIGINALS_FIRST =
            Comparator.comparing((Path file) -> file.toString().length()).thenComparing(Comparator.naturalOrder());

    private RouteFiles() {}

    /**
     * Everything called {@code *.yaml} or {@code *.yml}, but for hidden files and what editors keep beside a file.
     *
     * @param folder need not exist; then it has none
     * @return whatever has such a name, readable or not, originals before their copies
     * @throws IOException if the folder cannot be listed
     */
    public static List<Path> in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(RouteFiles::isRoute).sorted(ORIGINALS_FIRST).toList();
        }
    }

    /** Files of macOS, Emacs and vim begin with a dot, those of Emacs and office programs with # or ~. */
    private static boolean isRoute(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.matches("[^.#~].*\\.ya?ml");
    }
}
