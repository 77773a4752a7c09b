package dev.wayside.bench;

import dev.wayside.status.StatusBoard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Measures the latency from the commit of an event to an MQTT subscriber, on an idle machine and on a busy one. */
final class LatencyBench {
    private static final int WARM_UP = 50;
    private static final Duration FIVE_A_SECOND = Duration.ofMillis(200);
    private static final Duration TEN_A_SECOND = Duration.ofMillis(100);

    private final FrameStages stages;
    private final CameraDriver camera;
    private final BenchJournal journal;
    private final String broker;

    /**
     * The measured figures.
     *
     * @param latencies from the commit to the line that the subscriber prints
     * @param mostBacklog the maximum number of events that waited for MQTT
     */
    record Figures(Timings latencies, long mostBacklog) {}

    /**
     * @param status gives the broker's address
     */
    LatencyBench(FrameStages stages, CameraDriver camera, BenchJournal journal, StatusBoard status) {
        this.stages = stages;
        this.camera = camera;
        this.journal = journal;
        this.broker = String.valueOf(((Map<?, ?>) status.snapshot().get("mqtt")).get("url"));
    }

    /**
     * Measures at five frames per second; empty without {@code mosquitto_sub} or if the broker requires credentials.
     */
    Optional<Figures> quiet(int frames) throws Exception {
        return measure(frames, FIVE_A_SECOND);
    }

    /** Measures at ten frames per second while a program of normal priority keeps each core busy. */
    Optional<Figures> busy(int frames) throws Exception {
        List<Process> loops = new ArrayList<>();
        try {
            for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
                loops.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
            }
            return measure(frames, TEN_A_SECOND);
        } finally {
            loops.forEach(Process::destroyForcibly);
        }
    }

    private Optional<Figures> measure(int frames, Duration period) throws Exception {
        Optional<Subscriber> started = Subscriber.start(broker);
        if (started.isEmpty()) {
            return Optional.empty();
        }
        try (Subscriber subscriber = started.get()) {
            for (int i = 0; i < WARM_UP && !subscriber.listens(); i++) {
                camera.send();
                TimeUnit.NANOSECONDS.sleep(FIVE_A_SECOND.toNanos());
            }
            return Optional.of(measure(subscriber, frames, period));
        }
    }

    /** The camera keeps its pace, so a slow subscriber causes a backlog. */
    private Figures measure(Subscriber subscriber, int frames, Duration period) throws Exception {
        Map<String, Long> commits = new LinkedHashMap<>();
        long mostBacklog = 0;
        long next = System.nanoTime();
        for (int i = 0; i < frames; i++) {
            String id =
                    String.valueOf(camera.send().getMessage().getBody(Map.class).get("id"));
            commits.put(id, stages.steps().lastEnd("journal"));
            mostBacklog = Math.max(mostBacklog, journal.backlog("mqtt"));
            next += period.toNanos();
            TimeUnit.NANOSECONDS.sleep(Math.max(0, next - System.nanoTime()));
        }
        Timings latencies = new Timings();
        for (Map.Entry<String, Long> commit : commits.entrySet()) {
            latencies.add(subscriber.awaitArrival(commit.getKey()) - commit.getValue());
        }
        return new Figures(latencies, mostBacklog);
    }
}
