package dev.wayside.config;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Wayside's folder and the working directory.
 *
 * @param directory Wayside's own folder, with {@code routes/}, {@code kamelets/}, {@code models/} and {@code samples/}
 * @param workingDirectory where the user started Wayside; files here take precedence
 */
public record Home(Path directory, Path workingDirectory) {
    /** The system property by which the launcher names Wayside's folder. */
    public static final String PROPERTY = "wayside.home";

    /** The folder that the launcher set, or else the working directory. */
    public static Home current() {
        Path working = Path.of("").toAbsolutePath();
        return new Home(Path.of(System.getProperty(PROPERTY, "")).toAbsolutePath(), working);
    }

    /**
     * Finds a file or folder that a setting names.
     *
     * @param path absolute, or relative to the working directory or else to Wayside's own folder
     * @return an absolute path, which need not exist
     */
    public Path find(String path) {
        Path inWorkingDirectory = workingDirectory.resolve(path);
        return Files.exists(inWorkingDirectory) ? inWorkingDirectory : directory.resolve(path);
    }
}
