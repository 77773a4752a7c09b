package dev.wayside.bench;

import dev.wayside.detect.Detector;
import dev.wayside.failure.UnavailableException;
import dev.wayside.journal.Journal;
import dev.wayside.journal.component.JournalEndpoint;
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
import org.apache.camel.Route;
import org.apache.camel.spi.Registry;

/**
 * Measures the journal and the sinks behind it in the running application: the throughput of accepting events, the
 * latency to an MQTT subscriber, how fast a backlog drains and what that costs the camera, and whether memory grows
 * with the backlog.
 */
public final class JournalBench {
    private static final Duration ACCEPTING = Duration.ofSeconds(5);
    private static final int THREADS = 16;
    private static final int WARM_UP = 50;
    private static final Duration TEN_A_SECOND = Duration.ofMillis(100);
    /** Guards against a hang. */
    private static final Duration DRAIN_TIMEOUT = Duration.ofMinutes(30);

    private static final List<String> STORES = List.of("influxdb", "elasticsearch");
    private static final String WHOLE = "whole frame";
    private static final int HEAP_SAMPLES = 5;
    private static final int SMALL_BACKLOG = 10_000;
    private static final double BYTES_PER_MB = 1024 * 1024;

    private final FrameStages stages = new FrameStages();
    private final StageTimings idle = new StageTimings();
    private final StageTimings draining = new StageTimings();
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final Sizes sizes;

    /**
     * How much is measured.
     *
     * @param frames frames for the latency to the subscriber, and frames sent without a backlog
     * @param backlog events that drain while the camera runs
     * @param largeBacklog events that must take no more memory than ten thousand
     */
    public record Sizes(int frames, int backlog, int largeBacklog) {}

    public JournalBench(Sizes sizes) {
        this.sizes = sizes;
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
        BenchJournal journal = new BenchJournal(registry.findSingleByType(Journal.class), file);
        journal.requireFullSync();
        List<String> stores =
                STORES.stream().filter(name -> context.getRoute(name) != null).toList();
        try (CameraDriver camera = new CameraDriver(context, route, home, stages)) {
            Map<String, Object> event = warmUp(camera);
            latency(new LatencyBench(stages, camera, journal, registry.findSingleByType(StatusBoard.class)));
            stop(context, stores);
            stop(context, List.of("mqtt"));
            accept(context, event);
            journal.skipBacklog();
            drain(context, journal, camera, stores);
            heap(context, journal, stores);
        }
    }

    /** A table of the time of each stage of a frame, without a backlog and while one drains. */
    public String table() {
        StringBuilder table = new StringBuilder(String.format(
                "%-14s %19s %21s%n%-14s %9s %9s %11s %9s%n",
                "", "no backlog", "draining", "stage (ms)", "p50", "p95", "p50", "p95"));
        idle.rows().forEach((name, timings) -> {
            if (!name.equals("publish")) {
                table.append(String.format(
                        Locale.ROOT,
                        "%-14s %9.3f %9.3f %11.3f %9.3f%n",
                        name,
                        timings.percentile(50),
                        timings.percentile(95),
                        draining.of(name).percentile(50),
                        draining.of(name).percentile(95)));
            }
        });
        return table.toString();
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
        bench.run(THREADS, ACCEPTING.dividedBy(2));
        figures.put("accepted_alone_per_s", bench.run(1, ACCEPTING));
        figures.put("accepted_per_s", bench.run(THREADS, ACCEPTING));
    }

    /** Drains all stores at once while the camera runs at ten frames per second. */
    private void drain(CamelContext context, BenchJournal journal, CameraDriver camera, List<String> stores)
            throws Exception {
        Detector detector = context.getRegistry().findSingleByType(Detector.class);
        frames(camera, detector, idle, sizes.frames / 2);
        journal.add(sizes.backlog);
        Map<String, Double> seconds = new LinkedHashMap<>();
        long start = System.nanoTime();
        start(context, stores);
        while (seconds.size() < stores.size()) {
            if (System.nanoTime() - start > DRAIN_TIMEOUT.toNanos()) {
                throw new UnavailableException(
                        "the backlog did not drain within " + DRAIN_TIMEOUT.toMinutes() + " min");
            }
            frames(camera, detector, draining, 1);
            for (String store : stores) {
                // Not down to 0, because events that the camera adds meanwhile are in flight.
                if (!seconds.containsKey(store) && journal.backlog(store) < sizes.backlog / 100) {
                    seconds.put(store, (System.nanoTime() - start) / 1e9);
                }
            }
        }
        frames(camera, detector, idle, sizes.frames - sizes.frames / 2);
        for (String store : STORES) {
            figures.put(
                    store + "_per_s",
                    seconds.containsKey(store) ? Math.round(0.99 * sizes.backlog / seconds.get(store)) : "-");
        }
        double before = idle.of(WHOLE).percentile(95);
        double beside = draining.of(WHOLE).percentile(95);
        put("frame_p95_ms", before);
        put("frame_p95_draining_ms", beside);
        put("frame_p95_ratio", beside / before);
    }

    private void frames(CameraDriver camera, Detector detector, StageTimings timings, int frames) throws Exception {
        for (int i = 0; i < frames; i++) {
            stages.begin(detector);
            long start = System.nanoTime();
            camera.send();
            long end = System.nanoTime();
            stages.end(timings);
            timings.of(WHOLE).add(end - start);
            pauseUntil(start + TEN_A_SECOND.toNanos());
        }
    }

    /** Measures the live heap while sinks drain a small and a large backlog. */
    private void heap(CamelContext context, BenchJournal journal, List<String> stores) throws Exception {
        start(context, List.of("mqtt"));
        journal.skipBacklog();
        long size = journal.add(SMALL_BACKLOG);
        journal.wake();
        double small = heapMegabytes();
        journal.skipBacklog();
        stop(context, stores);
        stop(context, List.of("mqtt"));
        journal.add(sizes.largeBacklog);
        start(context, stores);
        start(context, List.of("mqtt"));
        double large = heapMegabytes();
        figures.put("event_bytes", size);
        put("heap_10k_mb", small);
        put("heap_" + sizes.largeBacklog / 1000 + "k_mb", large);
    }

    /** The maximum of several samples, each after a garbage collection. */
    private static double heapMegabytes() throws InterruptedException {
        double most = 0;
        for (int i = 0; i < HEAP_SAMPLES; i++) {
            pause(TEN_A_SECOND);
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            most = Math.max(most, (runtime.totalMemory() - runtime.freeMemory()) / BYTES_PER_MB);
        }
        return most;
    }

    private static void stop(CamelContext context, List<String> sinks) throws Exception {
        for (String sink : sinks) {
            context.getRouteController().stopRoute(source(context, sink));
        }
    }

    private static void start(CamelContext context, List<String> sinks) throws Exception {
        for (String sink : sinks) {
            context.getRouteController().startRoute(source(context, sink));
        }
    }

    /**
     * The route inside the kamelet that reads the journal for this sink. Stopping only the sink's own route would leave
     * this one reading.
     */
    private static String source(CamelContext context, String sink) {
        return context.getRoutes().stream()
                .filter(route -> route.getEndpoint() instanceof JournalEndpoint journal
                        && journal.getSink().equals(sink))
                .map(Route::getId)
                .findFirst()
                .orElseThrow();
    }

    private static void pauseUntil(long nanoTime) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(Math.max(0, nanoTime - System.nanoTime()));
    }

    private static void pause(Duration length) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(length.toNanos());
    }

    private void put(String name, double value) {
        figures.put(name, Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value));
    }
}
