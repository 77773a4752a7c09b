package dev.wayside.cli;

import dev.wayside.status.Progress;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shows how much Maven has downloaded. How much is left is unknown, because Maven does not know it either. */
final class DownloadProgress implements Consumer<String>, AutoCloseable {
    private static final Pattern DOWNLOADED =
            Pattern.compile("(?:\\[INFO] )?Downloaded from .* \\(([\\d.]+) ([kMG]?B)(?: at .*)?\\)");
    private static final Map<String, Double> KILOBYTES = Map.of("B", 1e-3, "kB", 1.0, "MB", 1e3, "GB", 1e6);

    private final String task;
    private final Progress.Output output;
    private Progress progress;
    private double kilobytes;

    /**
     * Shows nothing until the first download.
     *
     * @param task what is downloaded, for the beginning of each line
     */
    DownloadProgress(String task, Progress.Output output) {
        this.task = task;
        this.output = output;
    }

    /** Takes a line that Maven prints. */
    @Override
    public void accept(String line) {
        Matcher downloaded = DOWNLOADED.matcher(line);
        if (downloaded.matches()) {
            if (progress == null) {
                progress = new Progress(task, "kB", 0, output);
            }
            kilobytes += Double.parseDouble(downloaded.group(1)) * KILOBYTES.get(downloaded.group(2));
            progress.at(Math.round(kilobytes));
        }
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.end();
        }
    }
}
