package dev.wayside.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Lists the route files of the routes folder; only their names decide. */
public final class RouteFiles {
    /** An original comes before its copy, whose name is longer, so that the original keeps its ids. */
    public static final Comparator<Path> ORIGINALS_FIRST =
            Comparator.comparing((Path file) -> file.toString().length()).thenComparing(Comparator.naturalOrder());

    private RouteFiles() {}

    /**
     * Every {@code *.yaml} and {@code *.yml} file, except hidden files and editors' temporary files.
     *
     * @param folder if it does not exist, it has no route files
     * @return everything with such a name, readable or not, originals before their copies
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

    /** A leading dot marks files of macOS, Emacs and vim, a leading # or ~ those of Emacs and office programs. */
    private static boolean isRoute(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.matches("[^.#~].*\\.ya?ml");
    }
}
