package dev.wayside.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The figures of {@code wayside bench}, for people, for scripts and as JSON. */
public final class BenchReport {
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final Map<String, Timings> rows;

    /**
     * @param pipeline a finished measurement of the pipeline
     * @param process the figures of a separate process
     * @param conditions the machine and settings of the measurement, such as {@code threads}
     */
    public BenchReport(PipelineBench pipeline, ProcessBench.Seen process, Map<String, Object> conditions) {
        rows = pipeline.timings().rows();
        double frame = rows.get("whole frame").percentile(50);
        double raw = rows.get("raw invoke").percentile(50);
        figures.put("frame_ms", round(frame));
        figures.put("raw_ms", round(raw));
        figures.put("ratio", round(frame / raw));
        figures.put("rss_mb", process.rssMegabytes());
        figures.put("first_event_ms", process.firstEventMillis());
        figures.put("conditions", conditions);
        Map<String, Object> stages = new LinkedHashMap<>();
        rows.forEach((name, timings) -> stages.put(
                name,
                Map.of(
                        "p50_ms", round(timings.percentile(50)),
                        "p95_ms", round(timings.percentile(95)),
                        "p99_ms", round(timings.percentile(99)))));
        figures.put("stages", stages);
    }

    /** The table of stages. */
    public String table() {
        StringBuilder table =
                new StringBuilder(String.format("%-14s %9s %9s %9s%n", "stage (ms)", "p50", "p95", "p99"));
        rows.forEach((name, timings) -> table.append(String.format(
                Locale.ROOT,
                "%-14s %9.3f %9.3f %9.3f%n",
                name,
                timings.percentile(50),
                timings.percentile(95),
                timings.percentile(99))));
        return table.toString();
    }

    /** The one line of figures that scripts read. */
    public String summary() {
        return String.format(
                "frame_ms=%s raw_ms=%s ratio=%s rss_mb=%s first_event_ms=%s",
                figures.get("frame_ms"),
                figures.get("raw_ms"),
                figures.get("ratio"),
                figures.get("rss_mb"),
                figures.get("first_event_ms"));
    }

    /** Writes everything as JSON. */
    public void writeJson(Path file) throws IOException {
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), figures);
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
