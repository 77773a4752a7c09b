package dev.wayside.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files whose changes are noticed by looking at them now and then. This works on every file system, and for the links by
 * which Kubernetes replaces the files of a secret. Not thread-safe.
 */
final class WatchedFiles {
    private static final Logger log = LoggerFactory.getLogger(WatchedFiles.class);

    private final List<Path> files;
    private List<String> last;

    WatchedFiles(List<Path> files) {
        this.files = files;
        this.last = states();
    }

    /** Whether a file was written, replaced, made or deleted since the last call. */
    boolean changed() {
        List<String> now = states();
        boolean changed = !now.equals(last);
        last = now;
        return changed;
    }

    private List<String> states() {
        return files.stream().map(WatchedFiles::state).toList();
    }

    private static String state(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return now.lastModifiedTime() + " " + now.size() + " " + now.fileKey();
        } catch (NoSuchFileException e) {
            return "none";
        } catch (IOException e) {
            log.debug("{} cannot be looked at", file, e);
            return "unreadable";
        }
    }
}
