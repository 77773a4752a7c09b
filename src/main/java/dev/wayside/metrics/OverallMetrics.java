package dev.wayside.metrics;

import dev.wayside.live.LiveView;
import dev.wayside.status.StatusBoard;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Publishes what concerns no single part. */
public final class OverallMetrics {
    private OverallMetrics() {}

    /**
     * Adds the overall state and the versions.
     *
     * @param status has the state
     * @param version Wayside's
     * @param camelVersion Camel's
     */
    public static void bindTo(MeterRegistry registry, StatusBoard status, String version, String camelVersion) {
        Gauge.builder(
                        "wayside.degraded",
                        status,
                        board -> "degraded".equals(board.snapshot().get("state")) ? 1 : 0)
                .description("1 while anything is wrong, see /api/status; otherwise 0")
                .register(registry);
        Gauge.builder("wayside.build.info", () -> 1)
                .description("Always 1; the labels have the versions")
                .tag("version", version)
                .tag("camel", camelVersion)
                .tag("java", Runtime.version().toString())
                .register(registry);
    }

    /** Adds the viewers of the live page. */
    public static void bindTo(MeterRegistry registry, LiveView live) {
        live.cameras().forEach(camera -> Gauge.builder("wayside.viewers", live, view -> view.viewers(camera))
                .description("Clients that watch the live picture")
                .tag("camera", camera)
                .register(registry));
    }
}
