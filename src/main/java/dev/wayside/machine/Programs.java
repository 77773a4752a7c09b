package dev.wayside.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Finds and runs small programs of the system that know what Java does not. */
public final class Programs {
    /** Where a system has its programs if {@code PATH} is not set. */
    private static final String USUAL = "/usr/local/bin:/usr/bin:/bin";

    private static final Duration USUALLY_LONGEST = Duration.ofSeconds(5);

    private Programs() {}

    /** The folders in which this process looks for programs, as in {@code PATH}. */
    public static String searchPath() {
        String path = System.getenv("PATH");
        return path == null ? USUAL : path;
    }

    /**
     * Finds an executable file.
     *
     * @param searchPath absolute folders, separated by {@code :}; others are ignored
     * @param names the first that is installed wins
     */
    public static Optional<Path> find(String searchPath, List<String> names) {
        for (String name : names) {
            for (String folder : searchPath.split(":")) {
                if (folder.startsWith("/")) {
                    Path file = path(folder, name);
                    if (file != null && Files.isRegularFile(file) && Files.isExecutable(file)) {
                        return Optional.of(file);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Path path(String folder, String name) {
        try {
            return Path.of(folder, name);
        } catch (InvalidPathException e) {
            // A folder that the JVM cannot name contains nothing that it could start.
            return null;
        }
    }

    /** As {@link #output(Duration, String...)}, in at most five seconds. */
    public static Optional<String> output(String... command) throws InterruptedException {
        return output(USUALLY_LONGEST, command);
    }

    /**
     * What a program prints to its standard output, without the last line's end; at most 64 KB.
     *
     * @param longest how long it may take
     * @return empty if there is no such program, if it fails, or if it takes longer
     */
    public static Optional<String> output(Duration longest, String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.exitValue() == 0 ? Optional.of(text.strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
