package dev.wayside.routes;

import dev.wayside.config.RouteFiles;
import dev.wayside.failure.Reason;
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
    /** The state of each file when it was last handled. */
    private final Map<Path, FileState> reported = new LinkedHashMap<>();

    private Map<Path, FileState> seen = Map.of();
    private boolean nothingTwice;
    private boolean isChanging;
    private boolean unreadable;

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

    /**
     * Scans for changes and hands them on.
     *
     * @param problems receives why the folder cannot be read, or a change cannot be handled
     * @param handler takes each change; one with which it fails is handed on again after the next scan
     * @return whether a change was handled
     */
    boolean next(Problems problems, Handler handler) {
        Changes changes;
        try {
            changes = next();
        } catch (RuntimeException e) {
            unreadable = true;
            problems.warn(folder, "The folder " + folder + " cannot be read: " + Reason.of(e) + ".");
            return false;
        }
        if (unreadable) {
            unreadable = false;
            problems.solved(folder);
        }
        int handled = 0;
        changes.saved().keySet().forEach(problems::saved);
        for (Path file : changes.deleted()) {
            handled += handle(file, null, problems, handler) ? 1 : 0;
        }
        for (Map.Entry<Path, FileState> file : changes.saved().entrySet()) {
            handled += handle(file.getKey(), file.getValue(), problems, handler) ? 1 : 0;
        }
        return handled > 0;
    }

    /** Hands on one change, whose state is null if the file was deleted. */
    boolean handle(Path file, FileState state, Problems problems, Handler handler) {
        try {
            handler.take(file, state);
            handled(file, state);
            return true;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            problems.warn(file, file + " cannot be loaded now: " + Reason.of(e) + ".");
            return false;
        }
    }

    /** This change need not be found again; the state is null if the file was deleted. */
    void handled(Path file, FileState state) {
        if (state == null) {
            reported.remove(file);
        } else {
            reported.put(file, state);
        }
    }

    /**
     * Scans for changes, which are found until they are {@link #handled}. An empty folder is not a change: a network share is
     * gone, or the folder is being replaced.
     */
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
        nothingTwice = now.isEmpty() && seen.isEmpty();
        isChanging = now.entrySet().stream()
                .anyMatch(file ->
                        !file.getValue().isSameSave(reported.get(file.getKey())) && !saved.containsKey(file.getKey()));
        seen = now;
        return new Changes(deleted, saved);
    }

    /** The files as they were last handled. */
    Map<Path, FileState> files() {
        return reported;
    }

    /** Whether the last scan found a file that has been saved since the scan before. */
    boolean isChanging() {
        return isChanging;
    }

    /** Whether the last scan could not list the folder. */
    boolean isUnreadable() {
        return unreadable;
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

    /** Takes a change. */
    interface Handler {
        /**
         * Takes the change of a file.
         *
         * @param state null if the file was deleted
         */
        void take(Path file, FileState state);
    }

    /**
     * Changes that were not handled yet.
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
