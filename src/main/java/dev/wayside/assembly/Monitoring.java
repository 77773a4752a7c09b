package dev.wayside.assembly;

import dev.wayside.access.PageAccess;
import dev.wayside.camera.Cameras;
import dev.wayside.config.CameraKeys;
import dev.wayside.config.PageKeys;
import dev.wayside.config.Settings;
import dev.wayside.detect.Detector;
import dev.wayside.health.Condition;
import dev.wayside.health.HealthPaths;
import dev.wayside.health.PartCheck;
import dev.wayside.health.PartCheck.Meaning;
import dev.wayside.health.PartConditions;
import dev.wayside.health.SinkChecks;
import dev.wayside.journal.Journal;
import dev.wayside.live.LiveView;
import dev.wayside.metrics.CameraMetrics;
import dev.wayside.metrics.FrameMeters;
import dev.wayside.metrics.JournalMetrics;
import dev.wayside.metrics.MetricsPath;
import dev.wayside.metrics.MetricsRegistry;
import dev.wayside.metrics.OverallMetrics;
import dev.wayside.metrics.StageTimers;
import dev.wayside.status.StatusBoard;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.health.HealthCheckRegistry;

/** Health checks and metrics of the parts. A part that is not open is healthy and has no metrics. */
final class Monitoring implements AutoCloseable {
    private final PrometheusMeterRegistry registry = MetricsRegistry.create();
    private final FrameMeters frameMeters = new FrameMeters(registry, System::nanoTime);
    private final Settings settings;
    private final StatusBoard status;
    private final Part<Cameras> cameras;
    private final Part<Detector> detector;
    private final Part<Journal> journal;
    private final Part<LiveView> live;
    private final Set<Object> published = new HashSet<>();
    private JournalMetrics journalMetrics;
    private volatile boolean started;

    Monitoring(
            Settings settings,
            StatusBoard status,
            Part<Cameras> cameras,
            Part<Detector> detector,
            Part<Journal> journal,
            Part<LiveView> live) {
        this.settings = settings;
        this.status = status;
        this.cameras = cameras;
        this.detector = detector;
        this.journal = journal;
        this.live = live;
    }

    /** Where the parts count. */
    MeterRegistry registry() {
        return registry;
    }

    /** Counts the analysed frames. */
    FrameMeters frameMeters() {
        return frameMeters;
    }

    /** Adds checks, meters and the paths over HTTP to a context that has not started yet. */
    void bindTo(CamelContext context) {
        // An application of its own may have a registry, which Camel then serves.
        if (context.getRegistry().lookupByName(MicrometerConstants.METRICS_REGISTRY_NAME) == null) {
            context.getRegistry().bind(MicrometerConstants.METRICS_REGISTRY_NAME, registry);
        }
        context.getRegistry().bind("frameMeters", frameMeters);
        context.getRegistry().bind("stageTimers", new StageTimers(registry));
        HealthCheckRegistry checks = HealthCheckRegistry.get(context);
        checks.register(new PartCheck("cameras", of(cameras, PartConditions::of), Meaning.NOT_READY));
        for (String name : settings.get(CameraKeys.CAMERAS)) {
            checks.register(new PartCheck("camera-" + name, of(cameras, all -> PartConditions.of(all.get(name)))));
        }
        checks.register(
                new PartCheck("detector", of(detector, PartConditions::of), Meaning.NOT_LIVE, Meaning.NOT_READY));
        checks.register(
                new PartCheck("journal", of(journal, open -> PartConditions.of(open.state())), Meaning.NOT_READY));
        checks.register(new SinkChecks(journal::ifOpen));
        int port = settings.get(PageKeys.PORT);
        context.addLifecycleStrategy(new HealthPaths(port, () -> started, status::snapshot, PageAccess::isTrusted));
        context.addLifecycleStrategy(new MetricsPath(port, registry, () -> readParts(context)));
    }

    /** All routes have been started. */
    void started() {
        started = true;
    }

    @Override
    public void close() {
        registry.close();
    }

    private static <T> Supplier<Condition> of(Part<T> part, Function<T, Condition> condition) {
        return () -> part.ifOpen().map(condition).orElse(Condition.good(Map.of("state", "not used")));
    }

    /** For one thread at a time. A part that opens later is published with the next scrape. */
    private void readParts(CamelContext context) {
        if (published.add(status)) {
            OverallMetrics.bindTo(registry, status, Version.current(), context.getVersion());
        }
        publish(cameras, open -> new CameraMetrics(open).bindTo(registry));
        publish(live, open -> OverallMetrics.bindTo(registry, open));
        publish(journal, open -> journalMetrics = new JournalMetrics(open, registry));
        if (journalMetrics != null) {
            journalMetrics.read();
        }
    }

    private <T> void publish(Part<T> part, Consumer<T> meters) {
        part.ifOpen().filter(published::add).ifPresent(meters);
    }
}
