package dev.wayside.bench;

import dev.wayside.detect.Detector;
import dev.wayside.failure.UnavailableException;
import dev.wayside.status.Progress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Measures how fast a backlog drains into the stores, and how long a frame takes meanwhile and without a backlog. */
final class DrainBench {
    /** Guards against a hang. */
    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    private static final Duration TEN_A_SECOND = Duration.ofMillis(100);
    private static final String WHOLE = "whole frame";

    private final FrameStages stages;
    private final CameraDriver camera;
    private final Detector detector;
    private final Progress.Output output;
    private final StageTimings idle = new StageTimings();
    private final StageTimings draining = new StageTimings();

    /**
     * Prepares the measurement.
     *
     * @param stages splits the time of the camera's frames
     * @param detector the one that analyses these frames
     * @param output shows the progress
     */
    DrainBench(FrameStages stages, CameraDriver camera, Detector detector, Progress.Output output) {
        this.stages = stages;
        this.camera = camera;
        this.detector = detector;
        this.output = output;
    }

    /**
     * Drains all stores at once while the camera runs at ten frames per second.
     *
     * @param routes in which the stores are stopped
     * @param frames the number of frames without a backlog; half of them come before it, half after
     * @param backlog the number of events to drain
     * @return events per second for each store
     */
    Map<String, Long> run(BenchJournal journal, SinkRoutes routes, List<String> stores, int frames, int backlog)
            throws Exception {
        send(frames / 2, idle);
        journal.add(backlog);
        Map<String, Long> perSecond = new LinkedHashMap<>();
        long start = System.nanoTime();
        routes.start(stores);
        Progress progress = new Progress("draining", "events", (long) backlog * stores.size(), output);
        while (perSecond.size() < stores.size()) {
            if (System.nanoTime() - start > TIMEOUT.toNanos()) {
                throw new UnavailableException("the backlog did not drain within " + TIMEOUT.toMinutes() + " min");
            }
            send(1, draining);
            long done = 0;
            for (String store : stores) {
                long left = perSecond.containsKey(store) ? 0 : journal.backlog(store);
                done += Math.max(0, backlog - left);
                // Not down to 0, because events that the camera adds meanwhile are in flight.
                if (!perSecond.containsKey(store) && left < backlog / 100) {
                    perSecond.put(store, Math.round(0.99 * backlog / ((System.nanoTime() - start) / 1e9)));
                }
            }
            progress.at(done);
        }
        progress.end();
        send(frames - frames / 2, idle);
        return perSecond;
    }

    /** The 95th percentile of a whole frame without a backlog, in milliseconds. */
    double frameWithoutBacklog() {
        return idle.of(WHOLE).percentile(95);
    }

    /** The 95th percentile of a whole frame while the backlog drains, in milliseconds; NaN if no store was enabled. */
    double frameWhileDraining() {
        return draining.of(WHOLE).percentile(95);
    }

    /** A table of the time of each stage of a frame, without a backlog and while one drains. */
    String table() {
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

    private void send(int frames, StageTimings timings) throws Exception {
        for (int i = 0; i < frames; i++) {
            stages.begin(detector);
            long start = System.nanoTime();
            camera.send();
            long end = System.nanoTime();
            stages.end(timings);
            timings.of(WHOLE).add(end - start);
            TimeUnit.NANOSECONDS.sleep(Math.max(0, start + TEN_A_SECOND.toNanos() - System.nanoTime()));
        }
    }
}
