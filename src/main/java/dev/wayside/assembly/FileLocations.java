package dev.wayside.assembly;

import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * Folders in Camel's words, whatever characters their names have: it takes a location for a URI, a list with commas
 * between, and a pattern.
 */
final class FileLocations {
    private static final String SPECIAL = "%+,*?{}";

    private FileLocations() {}

    /** What Camel takes for this folder and no other. */
    static String ofFolder(Path folder) {
        // Without the slash at the end, a folder with a dot in its name would be taken for a file.
        return of(folder.toString()) + "/";
    }

    private static String of(String path) {
        return "file:" + encoded(path);
    }

    private static String encoded(String path) {
        return path.chars()
                .mapToObj(each -> SPECIAL.indexOf(each) < 0 ? Character.toString(each) : "%%%02X".formatted(each))
                .collect(Collectors.joining());
    }
}
