package dev.wayside.servers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system in memory, which something else can fill up. */
public final class SmallDisk implements AutoCloseable {
    private final Path folder;

    /**
     * Mounts it; where that needs rights that the tests have not got, they are skipped, or fail where CI=true.
     *
     * @param folder an empty one
     * @param megabytes of room
     */
    public SmallDisk(Path folder, int megabytes) {
        this(folder, megabytes, "exec");
    }

    /** As above, with one more option of the mount. */
    public SmallDisk(Path folder, int megabytes, String option) {
        this.folder = folder;
        if (!run("mount", "-t", "tmpfs", "-o", option + ",size=" + megabytes + "m", "tmpfs", folder.toString())) {
            Programs.missing("mounting a small file system needs root's rights");
        }
    }

    /** Leaves no room. */
    public void fill() throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream filler = Files.newOutputStream(folder.resolve("filler"))) {
            while (Files.getFileStore(folder).getUsableSpace() > 0) {
                writeIfThereIsRoom(filler, block);
            }
        }
    }

    private static void writeIfThereIsRoom(OutputStream filler, byte[] block) throws IOException {
        try {
            filler.write(block);
        } catch (IOException e) {
            // Somebody else took the last block between the look and the write; the next look says whether it is full.
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw e;
            }
        }
    }

    /** Takes away what {@link #fill()} wrote. */
    public void free() throws IOException {
        Files.delete(folder.resolve("filler"));
    }

    /** Whether anything may be written. */
    public void setWritable(boolean writable) {
        assertTrue(run("mount", "-o", "remount," + (writable ? "rw" : "ro"), folder.toString()), "remount");
    }

    @Override
    public void close() {
        assertTrue(run("umount", "-l", folder.toString()), "umount");
    }

    private static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.onExit().join().exitValue() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
