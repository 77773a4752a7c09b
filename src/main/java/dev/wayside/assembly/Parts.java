package dev.wayside.assembly;

import dev.wayside.access.PageAccess;
import dev.wayside.camera.Cameras;
import dev.wayside.config.CameraKeys;
import dev.wayside.config.DetectKeys;
import dev.wayside.config.Home;
import dev.wayside.config.JournalKeys;
import dev.wayside.config.MqttKeys;
import dev.wayside.config.PageKeys;
import dev.wayside.config.ServerUrl;
import dev.wayside.config.Settings;
import dev.wayside.config.SettingsException;
import dev.wayside.config.SinkKeys;
import dev.wayside.detect.Detector;
import dev.wayside.event.DetectionEvents;
import dev.wayside.event.FlatEvents;
import dev.wayside.failure.UnavailableException;
import dev.wayside.frame.RightOfWay;
import dev.wayside.journal.Journal;
import dev.wayside.journal.JournalException;
import dev.wayside.live.LiveView;
import dev.wayside.mqtt.EmbeddedBroker;
import dev.wayside.routes.KameletRouteController;
import dev.wayside.routes.ReplacedKamelets;
import dev.wayside.routes.RouteFolder;
import dev.wayside.status.Failures;
import dev.wayside.status.StatusBoard;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of Wayside in one Camel context. The registry contains what the routes use; a part is opened when the first
 * route uses it. A context with only a sink opens no camera, no model and no journal. Each open part reports to the status
 * board.
 */
final class Parts implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Parts.class);

    private final Home home;
    private volatile Settings settings;
    private volatile EffectiveSettings effective;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private volatile CamelContext context;
    private volatile Properties placeholders;
    private boolean closed;

    private final Failures failures = new Failures(System::nanoTime);
    private final StatusBoard status;
    private final Part<Cameras> cameras = new Part<>("cameras", this::openCameras);
    private final Part<Detector> detector = new Part<>("detector", this::openDetector);
    private final Part<DetectionEvents> events = new Part<>("events", this::makeEvents);
    private final Part<LiveView> live = new Part<>("live", this::openLive);
    private final Part<Journal> journal = new Part<>("journal", this::openJournal);
    private final Monitoring monitoring;
    private final Part<String> brokerUrl = new Part<>("broker", this::openBroker);

    Parts(Home home, Settings settings, EffectiveSettings effective) {
        this.home = home;
        this.settings = settings;
        this.effective = effective;
        placeholders = effective.placeholders();
        status = new StatusBoard(effective.device(), Version.current(), Clock.systemUTC());
        status.add("routes", failures::status);
        monitoring = open(new Monitoring(settings, status, cameras, detector, journal, live));
    }

    /** Adds everything to a context's registry under the names that the routes use. */
    void bindTo(CamelContext camel) {
        context = camel;
        ExactPlaceholders.install(camel, new Placeholders(() -> placeholders, brokerUrl));
        Registry registry = camel.getRegistry();
        registry.bind("rightOfWay", new RightOfWay());
        registry.bind("failures", failures);
        registry.bind("status", status);
        registry.bind("cameras", Cameras.class, cameras::get);
        registry.bind("detector", Detector.class, detector::get);
        registry.bind("events", DetectionEvents.class, events::get);
        registry.bind("live", LiveView.class, live::get);
        registry.bind("journal", Journal.class, journal::get);
        monitoring.bindTo(camel);
        camel.addLifecycleStrategy(new ReplacedKamelets(camel));
        camel.setRouteController(new KameletRouteController(camel));
        UnresolvedDumps.in(camel);
        camel.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopping(CamelContext stopping) {
                failures.stopping();
            }
        });
    }

    /** Adds the invalid files of the folder to the status, in addition to failing routes. */
    void addStatusOf(RouteFolder folder) {
        status.add("routes", () -> Stream.concat(folder.status().stream(), failures.status().stream())
                .toList());
    }

    /** Adds whether the page asks for a password, and the state of its certificate. */
    void addStatusOf(PageAccess access) {
        status.add("page", access::status);
    }

    StatusBoard status() {
        return status;
    }

    /** The settings in effect. */
    Settings settings() {
        return settings;
    }

    /** From now on these settings are in effect. */
    void use(Settings others, EffectiveSettings resolved) {
        settings = others;
        effective = resolved;
        placeholders = resolved.placeholders();
    }

    Part<DetectionEvents> events() {
        return events;
    }

    /** Records that all routes have been started. */
    void started() {
        journal.ifOpen().ifPresent(Journal::registered);
        monitoring.started();
    }

    Part<Cameras> cameras() {
        return cameras;
    }

    Part<Detector> detector() {
        return detector;
    }

    Part<LiveView> live() {
        return live;
    }

    Part<Journal> journal() {
        return journal;
    }

    /** The URL of the broker; for the embedded broker its actual address, once it listens. */
    Part<String> brokerUrl() {
        return brokerUrl;
    }

    /** Closes the open parts in reverse order. If one fails to close, that is logged, and the others are still closed. */
    @Override
    public void close() {
        // A frame or an event in flight can still use a part.
        failures.stopping();
        synchronized (opened) {
            closed = true;
            while (!opened.isEmpty()) {
                close(opened.pop());
            }
        }
    }

    /** Registers a part to be closed with the others; closes it at once if they are already closed. */
    private <T extends AutoCloseable> T open(T part) {
        synchronized (opened) {
            if (!closed) {
                opened.push(part);
                return part;
            }
        }
        close(part);
        throw stoppedDuringStartup();
    }

    static UnavailableException stoppedDuringStartup() {
        return new UnavailableException("Wayside was told to stop during startup.");
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            log.warn("{} did not stop cleanly: {}", part.getClass().getSimpleName(), e.getMessage());
        }
    }

    private Cameras openCameras() {
        Cameras all = open(new Cameras(
                settings.get(CameraKeys.CAMERAS).stream().map(effective::camera).toList()));
        all.start();
        status.add("cameras", new CameraStatuses(all, monitoring.frameMeters(), live));
        return all;
    }

    private Detector openDetector() {
        Detector found = open(detectorSettings().open());
        status.add("detector", () -> detectorSettings().status(found, monitoring.frameMeters()));
        return found;
    }

    private DetectorSettings detectorSettings() {
        return new DetectorSettings(home, settings, effective.threads());
    }

    private DetectionEvents makeEvents() {
        return new DetectionEvents(
                effective.device(),
                detector.get().folder().name(),
                settings.get(DetectKeys.LABELS),
                settings.get(DetectKeys.MAX_OBJECTS));
    }

    /** Opens the page together with the view, and the management console, if Camel has an HTTP server. */
    private LiveView openLive() {
        LiveView view = open(new LiveView(settings.get(CameraKeys.CAMERAS), settings.get(PageKeys.JPEG_QUALITY)));
        PagePaths.add(context, home, settings, view, status, journal, detector, () -> effective.threads());
        return view;
    }

    private Journal openJournal() {
        Path file = home.workingDirectory().resolve(settings.get(JournalKeys.PATH));
        Journal events = open(new Journal(
                file,
                settings.get(JournalKeys.MAX_SIZE),
                settings.get(JournalKeys.MAX_AGE),
                new FlatEvents(settings.get(DetectKeys.SEPARATOR)).countKey(""),
                monitoring.registry()));
        try {
            events.start();
        } catch (JournalException e) {
            throw new SettingsException(
                    JournalKeys.PATH + " in " + settings.origin(JournalKeys.PATH) + ": " + e.getMessage());
        }
        status.add("journal", events::status);
        events.sinks().lateAfter(sink -> settings.get(SinkKeys.lateAfter(sink)));
        status.add("sinks", events.sinks()::status);
        return events;
    }

    private String openBroker() {
        Optional<ServerUrl> outside = settings.get(MqttKeys.URL);
        return outside.isEmpty() && settings.get(MqttKeys.ENABLED)
                ? open(EmbeddedBroker.start()).url()
                : outside.map(ServerUrl::toString).orElse("");
    }
}
