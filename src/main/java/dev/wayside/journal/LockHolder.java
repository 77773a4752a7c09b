package dev.wayside.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that has locked a file, from the kernel's list. Trying to lock the file instead could stop a Wayside that
 * starts at this moment.
 */
final class LockHolder {
    private static final Path LOCKS = Path.of("/proc/locks");
    /** As in {@code 1: POSIX  ADVISORY  WRITE 4711 fe:00:10004961 0 EOF}: the process and the inode. */
    private static final Pattern LOCK =
            Pattern.compile("\\d+: POSIX +ADVISORY +WRITE (\\d+) [0-9a-f]+:[0-9a-f]+:(\\d+) .*");

    private LockHolder() {}

    /**
     * The process that has the lock.
     *
     * @return empty if there is none, or the kernel does not show it to this process
     */
    static OptionalLong of(Path file) throws IOException {
        if (!Files.exists(file) || !Files.isReadable(LOCKS)) {
            return OptionalLong.empty();
        }
        String inode = String.valueOf(Files.getAttribute(file, "unix:ino"));
        return Files.readAllLines(LOCKS).stream()
                .map(LOCK::matcher)
                .filter(Matcher::matches)
                .filter(lock -> lock.group(2).equals(inode))
                .mapToLong(lock -> Long.parseLong(lock.group(1)))
                .filter(process -> ProcessHandle.of(process).isPresent())
                .findFirst();
    }
}
