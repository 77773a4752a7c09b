package dev.wayside.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;

/** A named pipe in the file system, on which a reader waits for a writer. */
public final class NamedPipe {
    private NamedPipe() {}

    /** Creates the pipe and returns its path. */
    public static Path make(Path path) throws IOException, InterruptedException {
        assertEquals(
                0,
                new ProcessBuilder("mkfifo", path.toString())
                        .inheritIO()
                        .start()
                        .waitFor());
        return path;
    }
}
