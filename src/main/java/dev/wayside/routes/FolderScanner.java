package dev.wayside.routes;

import dev.wayside.config.RouteFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Finds the changes in a folder from one scan to the next. A change counts if two scans in a row find the same state,
 * because editors write in several steps. A scan looks only at the names, times and sizes of files that have not changed. It
 * also works for network shares and for Kubernetes volumes, which report no changes.
 */
final class FolderScanner {
    private final Path folder;
    private final Predicate<Path> wanted;
    /** The state of each file when it was last reported. */
    private final Map<Path, FileState> reported = new LinkedHashMap<>();

    private Map<Path, FileState> seen = Map.of();
    private boolean nothingTwice;
    private boolean isChanging;

    FolderScanner(Path folder, Predicate<Path> wanted) {
        this.folder = folder;
        this.wanted = wanted;
    }

    /** The first scan: all files, originals before their copies. */
    Map<Path, FileState> first() {
        seen = states();
        reported.putAll(seen);
        return seen;
    }

    /** Scans for changes. An empty folder is not a change: a network share is gone, or the folder is being replaced. */
    Changes next() {
        Map<Path, FileState> now = states();
        Map<Path, FileState> saved = new LinkedHashMap<>(now);
        saved.entrySet()
                .removeIf(file -> file.getValue().isSameSave(reported.get(file.getKey()))
                        || !file.getValue().isSameSave(seen.get(file.getKey())));
        List<Path> deleted = now.isEmpty()
                ? List.of()
                : reported.keySet().stream()
                        .filter(file -> !now.containsKey(file) && !seen.containsKey(file))
                        .toList();
        deleted.forEach(reported::remove);
        reported.putAll(saved);
        nothingTwice = now.isEmpty() && seen.isEmpty();
        isChanging = now.entrySet().stream().anyMatch(file -> !file.getValue().isSameSave(reported.get(file.getKey())));
        seen = now;
        return new Changes(deleted, saved);
    }

    /** The files as they were last reported. */
    Map<Path, FileState> files() {
        return reported;
    }

    /** Whether the last scan found a file that has been saved since the scan before. */
    boolean isChanging() {
        return isChanging;
    }

    /** Whether the last two scans found no file. */
    boolean foundNothing() {
        return nothingTwice;
    }

    private Map<Path, FileState> states() {
        Map<Path, FileState> states = new LinkedHashMap<>();
        try {
            RouteFiles.in(folder).stream()
                    .filter(wanted)
                    .forEach(file -> states.put(file, FileState.of(file, seen.get(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return states;
    }

    /**
     * Changes since the last scan.
     *
     * @param deleted files that no longer exist
     * @param saved new or changed files
     */
    record Changes(List<Path> deleted, Map<Path, FileState> saved) {
        boolean isEmpty() {
            return deleted.isEmpty() && saved.isEmpty();
        }
    }
}
