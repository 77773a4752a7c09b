package dev.wayside.routes;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.text.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * What a route file is at one moment; two are equal as long as nobody has saved it.
 *
 * @param saved when it was saved last
 * @param text what it holds; empty where it cannot be used
 * @param problem why it cannot be used, or null
 */
record FileState(FileTime saved, String text, String problem) {
    /** Far more than anybody writes by hand; it is read twice a second. */
    private static final long MOST_BYTES = 1 << 20;

    /** Looks at the file now. */
    static FileState of(Path file) {
        FileTime saved = FileTime.fromMillis(0);
        try {
            saved = Files.getLastModifiedTime(file);
            if (Files.isRegularFile(file) && Files.size(file) > MOST_BYTES) {
                return new FileState(saved, "", file + " is larger than 1 MB; this is no route file.");
            }
            if (!Files.isRegularFile(file) && !Files.isDirectory(file)) {
                return new FileState(saved, "", file + " is no file that could be read.");
            }
            String text = TextFile.read(file);
            return new FileState(saved, text, text.isBlank() ? file + " is empty." : null);
        } catch (IOException e) {
            return new FileState(saved, "", file + " cannot be read: it is gone, or a link to nothing.");
        } catch (InvalidInputException e) {
            return new FileState(saved, "", e.getMessage());
        }
    }
}
