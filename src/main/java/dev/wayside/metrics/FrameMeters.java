package dev.wayside.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Counts the analysed frames of each camera and times the inference. Thread-safe. */
public final class FrameMeters {
    private final MeterRegistry registry;
    private final LongSupplier nanoTime;
    private final Timer inference;
    private final Map<String, FrameMeter> byCamera = new ConcurrentHashMap<>();
    private volatile Duration latest = Duration.ZERO;

    /**
     * Starts with all counts at zero.
     *
     * @param registry where they are published
     * @param nanoTime {@link System#nanoTime()}, or a test's clock
     */
    public FrameMeters(MeterRegistry registry, LongSupplier nanoTime) {
        this.registry = registry;
        this.nanoTime = nanoTime;
        this.inference = Timer.builder("wayside.inference")
                .description("Time that the model alone takes for a frame")
                .register(registry);
    }

    /** The meter of a camera; always the same one for the same name. */
    public FrameMeter of(String camera) {
        return byCamera.computeIfAbsent(
                camera,
                name -> new FrameMeter(
                        this,
                        nanoTime,
                        Counter.builder("wayside.frames.analysed")
                                .description("Frames in which the model has looked for objects")
                                .tag("camera", name)
                                .register(registry)));
    }

    /** The inference time of the latest frame of any camera, in milliseconds to one decimal; 0 before the first. */
    public double inferenceMillis() {
        return Math.round(latest.toNanos() / 1e5) / 10.0;
    }

    void inference(Duration took) {
        latest = took;
        inference.record(took);
    }
}
