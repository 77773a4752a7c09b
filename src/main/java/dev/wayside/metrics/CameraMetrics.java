package dev.wayside.metrics;

import dev.wayside.camera.Camera;
import dev.wayside.camera.Cameras;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Publishes what the cameras count themselves.
 *
 * @param cameras the open cameras
 */
public record CameraMetrics(Cameras cameras) implements MeterBinder {
    private static final String CAMERA = "camera";

    @Override
    public void bindTo(MeterRegistry registry) {
        cameras.all().forEach(camera -> bind(registry, camera));
    }

    private static void bind(MeterRegistry registry, Camera camera) {
        count(
                registry,
                camera,
                "wayside.frames.received",
                "Pictures that the camera has delivered",
                each -> each.status().frames());
        count(registry, camera, "wayside.frames.grabbed", "Pictures that the pipeline has taken", Camera::taken);
        count(
                registry,
                camera,
                "wayside.frames.skipped",
                "Pictures that were replaced by a newer one before the pipeline took one",
                Camera::skipped);
        count(
                registry,
                camera,
                "wayside.camera.reconnects",
                "Times that the camera has recovered from a failure",
                each -> each.status().reconnects());
        Gauge.builder("wayside.camera.up", camera, each -> each.status().running() ? 1 : 0)
                .description("1 while the camera delivers pictures, 0 while it does not")
                .tag(CAMERA, camera.name())
                .register(registry);
        TimeGauge.builder("wayside.camera.frame.age", camera, TimeUnit.NANOSECONDS, CameraMetrics::age)
                .description("Time since the newest picture; NaN before the first")
                .tag(CAMERA, camera.name())
                .register(registry);
    }

    private static double age(Camera camera) {
        return camera.frameAge().map(age -> (double) age.toNanos()).orElse(Double.NaN);
    }

    private static void count(
            MeterRegistry registry, Camera camera, String name, String description, ToDoubleFunction<Camera> value) {
        FunctionCounter.builder(name, camera, value)
                .description(description)
                .tag(CAMERA, camera.name())
                .register(registry);
    }
}
