package dev.wayside.routes;

import dev.wayside.config.RouteFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds what was saved or deleted in the routes folder from one look to the next. A change counts when two looks in a row
 * found the same, since editors write in several steps.
 */
final class FolderLooks {
    private final Path folder;
    /** As each file was when it was reported last. */
    private final Map<Path, FileState> reported = new LinkedHashMap<>();

    private Map<Path, FileState> seen = Map.of();

    FolderLooks(Path folder) {
        this.folder = folder;
    }

    /** All files, originals before their copies; the changes are those from here on. */
    Map<Path, FileState> first() {
        seen = states();
        reported.putAll(seen);
        return seen;
    }

    /** What has changed; nothing as long as there is no file at all: a share is away, or the folder is being exchanged. */
    Changes next() {
        Map<Path, FileState> now = states();
        Map<Path, FileState> saved = new LinkedHashMap<>(now);
        saved.entrySet()
                .removeIf(file -> file.getValue().equals(reported.get(file.getKey()))
                        || !file.getValue().equals(seen.get(file.getKey())));
        List<Path> gone = now.isEmpty()
                ? List.of()
                : reported.keySet().stream()
                        .filter(file -> !now.containsKey(file) && !seen.containsKey(file))
                        .toList();
        gone.forEach(reported::remove);
        reported.putAll(saved);
        seen = now;
        return new Changes(gone, saved);
    }

    private Map<Path, FileState> states() {
        Map<Path, FileState> states = new LinkedHashMap<>();
        try {
            RouteFiles.in(folder).forEach(file -> states.put(file, FileState.of(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return states;
    }

    /**
     * What happened.
     *
     * @param gone files that are no longer there
     * @param saved files that are new or changed
     */
    record Changes(List<Path> gone, Map<Path, FileState> saved) {}
}
