package dev.wayside.assembly;

import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * Converts folders to Camel's locations, whatever characters their names have. Camel interprets a location as a URI, a
 * comma-separated list and a pattern.
 */
final class FileLocations {
    private static final String SPECIAL = "%+,*?{}";

    private FileLocations() {}

    /** The location of this folder only. */
    static String ofFolder(Path folder) {
        // Without the trailing slash, Camel would treat a folder with a dot in its name as a file.
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
