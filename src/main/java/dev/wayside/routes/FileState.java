package dev.wayside.routes;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.text.FileStamp;
import dev.wayside.text.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The state of a file at one moment. Two states are equal if the file was not saved in between.
 *
 * @param stamp what the file system says about the file, without its content
 * @param text its content; empty if it cannot be used
 * @param problem why it cannot be used, or null
 */
record FileState(FileStamp stamp, String text, String problem) {
    /** Far more than a handwritten file has. */
    private static final long MOST_BYTES = 1 << 20;

    /**
     * The current state of a file. Its content is read only if the file may have changed.
     *
     * @param former the last known state, or null
     */
    static FileState of(Path file, FileState former) {
        FileStamp stamp = FileStamp.NONE;
        try {
            stamp = FileStamp.of(file);
            if (former != null && stamp.provesUnchangedSince(former.stamp)) {
                return former;
            }
            if (Files.isRegularFile(file) && stamp.size() > MOST_BYTES) {
                return new FileState(stamp, "", file + " is larger than 1 MB; it cannot be a route file.");
            }
            if (!Files.isRegularFile(file) && !Files.isDirectory(file)) {
                return new FileState(stamp, "", file + " is not a regular file.");
            }
            String text = TextFile.read(file);
            return new FileState(stamp, text, text.isBlank() ? file + " is empty." : null);
        } catch (IOException e) {
            return new FileState(stamp, "", file + " cannot be read: it was deleted, or is a broken link.");
        } catch (InvalidInputException e) {
            return new FileState(stamp, "", e.getMessage());
        }
    }

    /** Whether both have the same content and were saved at the same time. */
    boolean isSameSave(FileState other) {
        return other != null
                && stamp.saved().equals(other.stamp.saved())
                && text.equals(other.text)
                && String.valueOf(problem).equals(String.valueOf(other.problem));
    }
}
