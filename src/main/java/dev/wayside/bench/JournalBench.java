package dev.wayside.bench;

import dev.wayside.detect.Detector;
import dev.wayside.journal.Journal;
import dev.wayside.status.Progress;
import dev.wayside.status.StatusBoard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/**
 * Measures the journal and the sinks behind it in the running application: the throughput of accepting events, the
 * latency to an MQTT subscriber, how fast a backlog drains and what that costs the camera, and whether memory grows
 * with the backlog.
 */
public final class JournalBench {
    private static final int THREADS = 16;
    private static final int WARM_UP = 50;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final List<String> MQTT = List.of("mqtt");
    private static final List<String> STORES = List.of("influxdb", "elasticsearch");
    private static final int HEAP_SAMPLES = 5;
    private static final int SMALL_BACKLOG = 10_000;
    private static final double BYTES_PER_MB = 1024 * 1024;

    private final FrameStages stages = new FrameStages();
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final Sizes sizes;
    private final Progress.Output output;
    private String table = "";

    /**
     * How much is measured.
     *
     * @param accepting how long events are accepted, once by one thread and once by many
     * @param frames frames for the latency to the subscriber, and frames sent without a backlog
     * @param backlog events that drain while the camera runs
     * @param largeBacklog events that must take no more memory than ten thousand
     */
    public record Sizes(Duration accepting, int frames, int backlog, int largeBacklog) {}

    /**
     * Prepares the measurements.
     *
     * @param output shows the progress of what takes long
     */
    public JournalBench(Sizes sizes, Progress.Output output) {
        this.sizes = sizes;
        this.output = output;
    }

    /** Binds what Camel needs in its registry before it builds the routes. */
    public void bindTo(Registry registry) {
        registry.bind("stageTimer", stages.steps());
    }

    /**
     * Runs all measurements, which takes several minutes.
     *
     * @param context of the running application
     * @param route the camera route to drive
     * @param home the folder Wayside is installed in
     * @param file the file of the journal, a temporary one
     * @throws Exception if an event is not delivered
     */
    public void run(CamelContext context, String route, Path home, Path file) throws Exception {
        Registry registry = context.getRegistry();
        SinkRoutes routes = new SinkRoutes(context);
        List<String> stores = routes.enabled(STORES);
        try (BenchJournal journal = new BenchJournal(registry.findSingleByType(Journal.class), file);
                CameraDriver camera = new CameraDriver(context, route, home, stages)) {
            Map<String, Object> event = warmUp(camera);
            latency(new LatencyBench(stages, camera, journal, registry.findSingleByType(StatusBoard.class)));
            routes.stop(stores);
            routes.stop(MQTT);
            accept(context, event);
            journal.skipBacklog();
            DrainBench drain = new DrainBench(stages, camera, registry.findSingleByType(Detector.class), output);
            drained(drain, drain.run(journal, routes, stores, sizes.frames, sizes.backlog));
            heap(camera, journal, routes, stores);
        }
    }

    /** A table of the time of each stage of a frame, without a backlog and while one drains; empty before the run. */
    public String table() {
        return table;
    }

    /** The one line of figures that scripts read; {@code -} for what could not be measured. */
    public String summary() {
        StringBuilder line = new StringBuilder();
        figures.forEach((name, value) ->
                line.append(line.isEmpty() ? "" : " ").append(name).append('=').append(value));
        return line.toString();
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> warmUp(CameraDriver camera) throws Exception {
        for (int i = 1; i < WARM_UP; i++) {
            camera.send();
        }
        return camera.send().getMessage().getBody(Map.class);
    }

    private void latency(LatencyBench bench) throws Exception {
        Optional<LatencyBench.Figures> quiet = bench.quiet(sizes.frames);
        Optional<LatencyBench.Figures> busy = bench.busy(sizes.frames);
        put("publish_p50_ms", percentile(quiet, 50));
        put("publish_p99_ms", percentile(quiet, 99));
        put("busy_publish_p50_ms", percentile(busy, 50));
        put("busy_publish_p99_ms", percentile(busy, 99));
        figures.put("busy_most_backlog", busy.isPresent() ? busy.get().mostBacklog() : "-");
    }

    private static double percentile(Optional<LatencyBench.Figures> figures, int part) {
        return figures.map(each -> each.latencies().percentile(part)).orElse(Double.NaN);
    }

    private void accept(CamelContext context, Map<String, Object> event) throws Exception {
        AcceptBench bench = new AcceptBench(context, event);
        bench.run(THREADS, sizes.accepting.dividedBy(2));
        figures.put("accepted_alone_per_s", bench.run(1, sizes.accepting));
        figures.put("accepted_per_s", bench.run(THREADS, sizes.accepting));
    }

    private void drained(DrainBench drain, Map<String, Long> perSecond) {
        table = drain.table();
        for (String store : STORES) {
            figures.put(store + "_per_s", perSecond.containsKey(store) ? perSecond.get(store) : "-");
        }
        double before = drain.frameWithoutBacklog();
        double beside = drain.frameWhileDraining();
        put("frame_p95_ms", before);
        put("frame_p95_draining_ms", beside);
        put("frame_p95_ratio", beside / before);
    }

    /** Measures the live heap while sinks drain a small and a large backlog. */
    private void heap(CameraDriver camera, BenchJournal journal, SinkRoutes routes, List<String> stores)
            throws Exception {
        routes.start(MQTT);
        journal.skipBacklog();
        long size = journal.add(SMALL_BACKLOG);
        // A new event wakes the sinks.
        camera.send();
        double small = heapMegabytes();
        journal.skipBacklog();
        routes.stop(stores);
        routes.stop(MQTT);
        journal.add(sizes.largeBacklog);
        routes.start(stores);
        routes.start(MQTT);
        double large = heapMegabytes();
        figures.put("event_bytes", size);
        put("heap_10k_mb", small);
        put("heap_" + sizes.largeBacklog / 1000 + "k_mb", large);
    }

    /** The maximum of several samples, each after a garbage collection. */
    private static double heapMegabytes() throws InterruptedException {
        double most = 0;
        for (int i = 0; i < HEAP_SAMPLES; i++) {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            most = Math.max(most, (runtime.totalMemory() - runtime.freeMemory()) / BYTES_PER_MB);
        }
        return most;
    }

    private void put(String name, double value) {
        figures.put(name, Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value));
    }
}
