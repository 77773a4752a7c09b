package dev.wayside.routes;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.text.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * The state of a route file at one moment. Two states are equal if the file was not saved in between.
 *
 * @param saved when it was last saved
 * @param text its content; empty if it cannot be used
 * @param problem why it cannot be used, or null
 */
record FileState(FileTime saved, String text, String problem) {
    /** Far more than a handwritten file has. The limit is needed because files are read twice a second. */
    private static final long MOST_BYTES = 1 << 20;

    /** The current state of a file. */
    static FileState of(Path file) {
        FileTime saved = FileTime.fromMillis(0);
        try {
            saved = Files.getLastModifiedTime(file);
            if (Files.isRegularFile(file) && Files.size(file) > MOST_BYTES) {
                return new FileState(saved, "", file + " is larger than 1 MB; it cannot be a route file.");
            }
            if (!Files.isRegularFile(file) && !Files.isDirectory(file)) {
                return new FileState(saved, "", file + " is not a regular file.");
            }
            String text = TextFile.read(file);
            return new FileState(saved, text, text.isBlank() ? file + " is empty." : null);
        } catch (IOException e) {
            return new FileState(saved, "", file + " cannot be read: it was deleted, or is a broken link.");
        } catch (InvalidInputException e) {
            return new FileState(saved, "", e.getMessage());
        }
    }
}
