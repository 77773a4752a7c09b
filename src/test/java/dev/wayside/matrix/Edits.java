package dev.wayside.matrix;

import static org.awaitility.Awaitility.await;

import dev.wayside.servers.WaysideProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Saves files of a running process and measures how long it takes until the new routes run. */
final class Edits {
    private static final double MILLIS_PER_SECOND = 1000.0;

    private final Path directory;
    private final WaysideProcess wayside;
    private final List<Duration> swaps = new ArrayList<>();

    Edits(Path directory, WaysideProcess wayside) {
        this.directory = directory;
        this.wayside = wayside;
    }

    /** Gives a working directory kamelets of its own. */
    static void copyKamelets(Path directory) throws IOException {
        Path kamelets = Files.createDirectories(directory.resolve("kamelets"));
        try (Stream<Path> files = Files.list(Path.of("kamelets"))) {
            for (Path file : files.toList()) {
                Files.copy(file, kamelets.resolve(file.getFileName()));
            }
        }
    }

    /**
     * Changes a file, and waits until it was loaded.
     *
     * @param file relative to the working directory
     */
    void edit(String file, int number) throws IOException {
        Path path = directory.resolve(file);
        String text = Files.readString(path);
        save(path, text + "# edit " + number + "\n");
        awaitLog(path + " was loaded", number);
    }

    /** Adds a file and waits until it was loaded. */
    void add(String file, String text) throws IOException {
        save(directory.resolve(file), text);
        awaitLog(directory.resolve(file) + " was loaded", 1);
    }

    /** Deletes a file and waits until its routes have ended. */
    void remove(String file) throws IOException {
        Files.delete(directory.resolve(file));
        awaitLog(directory.resolve(file) + " was deleted; its routes were removed", 1);
    }

    private void save(Path path, String text) throws IOException {
        Path beside = Files.writeString(directory.resolve("saved.tmp"), text);
        Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void awaitLog(String line, int times) {
        long from = System.nanoTime();
        Pattern pattern = Pattern.compile(Pattern.quote(line));
        await().alias(line)
                .atMost(Trial.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> pattern.matcher(wayside.log()).results().count() >= times);
        swaps.add(Duration.ofNanos(System.nanoTime() - from));
    }

    /** The median and the longest time from saving to running. */
    String times() {
        Collections.sort(swaps);
        return String.format(
                Locale.ROOT,
                "%d saves: median %.2f s, longest %.2f s from saving to running",
                swaps.size(),
                swaps.get(swaps.size() / 2).toMillis() / MILLIS_PER_SECOND,
                swaps.get(swaps.size() - 1).toMillis() / MILLIS_PER_SECOND);
    }
}
