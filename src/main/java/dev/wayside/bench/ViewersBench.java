package dev.wayside.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Measures what viewers of the live picture cost: frames per second, memory and processor time with and without them. */
public final class ViewersBench {
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(10);
    private static final double NANOS = 1e9;

    /**
     * What was measured in one phase.
     *
     * @param framesPerSecond analysed
     * @param residentMegabytes at its end, MiB
     * @param cores processor time by time, 1 for one busy core
     * @param picturesPerSecond that each viewer received
     */
    public record Phase(double framesPerSecond, long residentMegabytes, double cores, double picturesPerSecond) {}

    /**
     * The figures without viewers, with them, and after they have left.
     *
     * @param viewers how many
     */
    public record Result(int viewers, Phase before, Phase with, Phase after) {
        /** A table and a line of figures. */
        public String text() {
            double without = (before.framesPerSecond + after.framesPerSecond) / 2;
            return row("", "frames/s", "pictures/s", "rss MB", "cores")
                    + row("without viewers", before)
                    + row("with " + viewers + " viewers", with)
                    + row("without them again", after)
                    + String.format(
                            Locale.ROOT,
                            "viewers=%d rate_ratio=%.3f rss_more_mb=%d cores_more=%.2f%n",
                            viewers,
                            with.framesPerSecond / without,
                            with.residentMegabytes - before.residentMegabytes,
                            with.cores - (before.cores + after.cores) / 2);
        }

        private static String row(String name, Phase phase) {
            return row(
                    name,
                    String.format(Locale.ROOT, "%.2f", phase.framesPerSecond),
                    String.format(Locale.ROOT, "%.2f", phase.picturesPerSecond),
                    String.valueOf(phase.residentMegabytes),
                    String.format(Locale.ROOT, "%.2f", phase.cores));
        }

        private static String row(String name, String... values) {
            StringBuilder row = new StringBuilder(String.format("%-20s", name));
            for (String value : values) {
                row.append(String.format("%12s", value));
            }
            return row.append(System.lineSeparator()).toString();
        }
    }

    /**
     * Starts Wayside in a process of its own and measures three phases of equal length.
     *
     * @param mainClass the class to start
     * @param settings each {@code key=value}
     * @param viewers how many viewers there are in the second phase
     * @param phase the length of each
     * @throws IOException if the process ends, does not answer, or ends a stream
     */
    public Result run(Class<?> mainClass, List<String> settings, int viewers, Duration phase)
            throws IOException, InterruptedException {
        try (ServedProcess process = new ServedProcess(mainClass, settings)) {
            process.awaitEvent();
            Duration warmUp = phase.compareTo(LONGEST_WARM_UP) < 0 ? phase : LONGEST_WARM_UP;
            TimeUnit.MILLISECONDS.sleep(warmUp.toMillis());
            Phase before = measure(process, null, viewers, phase);
            Phase with;
            try (Viewers watching = new Viewers(process, viewers)) {
                TimeUnit.MILLISECONDS.sleep(warmUp.toMillis());
                with = measure(process, watching, viewers, phase);
            }
            TimeUnit.MILLISECONDS.sleep(warmUp.toMillis());
            return new Result(viewers, before, with, measure(process, null, viewers, phase));
        }
    }

    private static Phase measure(ServedProcess process, Viewers watching, int viewers, Duration length)
            throws IOException, InterruptedException {
        long sequence = sequence(process);
        long pictures = watching == null ? 0 : watching.pictures();
        Duration used = process.processorTime();
        long began = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep(length.toMillis());
        double seconds = (System.nanoTime() - began) / NANOS;
        long frames = sequence(process) - sequence;
        long seen = watching == null ? 0 : watching.pictures() - pictures;
        double cores = process.processorTime().minus(used).toNanos() / NANOS / seconds;
        return new Phase(frames / seconds, process.residentMegabytes(), cores, seen / seconds / viewers);
    }

    /** Events are numbered, and each analysed frame gives one. */
    private static long sequence(ServedProcess process) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(process.awaitEvent()).get("sequence").asLong();
    }
}
