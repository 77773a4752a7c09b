package dev.wayside.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * What shows that a file has changed without reading it, also if a link now leads to another file, as in a Kubernetes volume.
 *
 * @param saved when the file was last saved
 * @param size in bytes
 * @param key the file system's own number of the file; {@code "null"} if it has none
 * @param seen when this was looked up, in milliseconds since the epoch
 */
public record FileStamp(FileTime saved, long size, String key, long seen) {
    /** The stamp of a file that cannot be looked up. */
    public static final FileStamp NONE = new FileStamp(FileTime.fromMillis(0), 0, "", 0);

    /** The coarsest clock of a file system has two seconds, and those of two machines may differ a little. */
    private static final long AMBIGUOUS_MILLIS = 3000;

    /** The current stamp of a file. */
    public static FileStamp of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileStamp(
                attributes.lastModifiedTime(),
                attributes.size(),
                String.valueOf(attributes.fileKey()),
                System.currentTimeMillis());
    }

    /**
     * Whether the file certainly has the same content as when it had the former stamp. A file that was read soon after it
     * was saved can have been saved again at the same time by its clock.
     */
    public boolean provesUnchangedSince(FileStamp former) {
        return isSameAs(former) && former.seen - saved.toMillis() > AMBIGUOUS_MILLIS;
    }

    /** Whether both are the same, whenever they were looked up. */
    public boolean isSameAs(FileStamp other) {
        return saved.equals(other.saved) && size == other.size && key.equals(other.key);
    }
}
