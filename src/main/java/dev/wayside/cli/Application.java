package dev.wayside.cli;

import dev.wayside.camera.CameraSettings;
import dev.wayside.camera.CameraUrl;
import dev.wayside.camera.Cameras;
import dev.wayside.config.Home;
import dev.wayside.config.Settings;
import dev.wayside.config.SettingsException;
import dev.wayside.detect.Detector;
import dev.wayside.detect.ModelFolder;
import dev.wayside.detect.ModelFolderException;
import dev.wayside.event.DetectionEvents;
import dev.wayside.failure.InvalidInputException;
import dev.wayside.frame.RightOfWay;
import dev.wayside.journal.Journal;
import dev.wayside.journal.JournalException;
import dev.wayside.journal.SinkMeters;
import dev.wayside.journal.Sinks;
import dev.wayside.live.HttpPort;
import dev.wayside.live.LiveLimits;
import dev.wayside.live.LivePage;
import dev.wayside.live.LiveView;
import dev.wayside.mqtt.EmbeddedBroker;
import dev.wayside.status.Failures;
import dev.wayside.status.Pace;
import dev.wayside.status.StatusBoard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.spi.Registry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole pipeline in one process. What takes long to start (natives, model, broker, Camel) starts side by side; what
 * the routes name stands in Camel's registry: {@code cameras}, {@code detector}, {@code events},
 * {@code journal}, {@code live}, {@code status}.
 */
final class Application implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Application.class);
    /** Stands in a labels file where the model has a class without a name. */
    private static final String UNUSED_LABEL = "???";

    private static final Executor ASIDE = task -> {
        Thread thread = new Thread(task, "start");
        thread.setDaemon(true);
        thread.start();
    };

    private final Home home;
    private final Settings settings;
    private final EffectiveSettings effective;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Consumer<Registry> more;
    private Main main;
    private boolean closed;

    Application(Home home, Settings settings) {
        this(home, settings, registry -> {});
    }

    /**
     * Prepares the pipeline.
     *
     * @param more puts further beans into Camel's registry before the routes are built
     */
    Application(Home home, Settings settings, Consumer<Registry> more) {
        this.home = home;
        this.settings = settings;
        this.effective = new EffectiveSettings(settings, home);
        this.more = more;
    }

    /**
     * Starts everything and returns when the routes run.
     *
     * @throws SettingsException if a setting turns out to be no good
     * @throws Exception if something does not start; the messages say what
     */
    void start() throws Exception {
        requireFolder("routes.path");
        requireFolder("kamelets.path");
        Cameras cameras = open(new Cameras(cameraSettings()));
        CompletableFuture<Detector> detector = CompletableFuture.supplyAsync(this::openDetector, ASIDE);
        CompletableFuture<String> broker = CompletableFuture.supplyAsync(this::brokerUrl, ASIDE);
        cameras.start();

        Pace pace = new Pace(System::nanoTime);
        LiveView view = open(new LiveView(settings.list("cameras"), settings.whole("live.jpeg-quality")));
        StatusBoard status = new StatusBoard(effective.device(), Wayside.Version.current(), Clock.systemUTC());
        Failures failures = new Failures(System::nanoTime);
        status.add("routes", failures::status);
        Journal journal = openJournal();
        status.add("journal", journal::status);
        journal.sinks().lateAfter(sink -> settings.duration(sink + ".late-after", Sinks.LATE_AFTER));
        SinkMeters meters = open(new SinkMeters(journal));
        journal.sinks().listen(meters);
        status.add("sinks", meters::status);
        status.add("cameras", new CameraStatuses(cameras, pace, view));

        main = new Main();
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport support) {
                CamelContext context = support.getCamelContext();
                context.addLifecycleStrategy(new ReplacedKamelets(context));
                Registry registry = context.getRegistry();
                more.accept(registry);
                registry.bind("cameras", cameras);
                registry.bind("live", view);
                registry.bind("pace", pace);
                registry.bind("rightOfWay", new RightOfWay());
                registry.bind("failures", failures);
                registry.bind("status", status);
                registry.bind("journal", journal);

                registry.bind(
                        "livePage",
                        new LivePage(view, settings.whole("http.port"), status::snapshot, LiveLimits.DEFAULT));
                // Only when a route asks for it, so that Camel starts while the model still loads.
                registry.bind("detector", Detector.class, () -> result(detector));
                registry.bind("events", DetectionEvents.class, () -> events(result(detector)));
            }
        });
        startCamel(effective.properties(result(broker)));
        status.add("detector", () -> describe(result(detector), pace));
        log.info("Wayside runs as {}: http://{}:{}/", effective.device(), shownHost(), settings.text("http.port"));
    }

    /** Camel's context; running after {@link #start()}. */
    CamelContext camelContext() {
        return main.getCamelContext();
    }

    /** Waits until {@link #close()} was called. */
    void awaitStop() throws InterruptedException {
        stopped.await();
    }

    /** Stops everything, the last started first; what fails to stop is said and does not keep the rest. */
    @Override
    public void close() {
        synchronized (opened) {
            closed = true;
            while (!opened.isEmpty()) {
                AutoCloseable part = opened.pop();
                try {
                    part.close();
                } catch (Exception e) {
                    log.warn("{} did not stop cleanly: {}", part.getClass().getSimpleName(), e.getMessage());
                }
            }
        }
        log.info("Wayside stopped");
        stopped.countDown();
    }

    private void startCamel(Properties properties) throws Exception {
        HttpPort.requireFree(settings.text("http.host"), settings.whole("http.port"));
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setInitialProperties(properties);
        main.configure().withAutoConfigurationEnvironmentVariablesEnabled(false);
        // Its own would wait for signals too; Shutdown does that for the whole process.
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        open(main::stop);
        main.start();
    }

    private <T extends AutoCloseable> T open(T part) {
        synchronized (opened) {
            if (closed) {
                throw new IllegalStateException("told to stop while starting");
            }
            opened.push(part);
        }
        return part;
    }

    private List<CameraSettings> cameraSettings() {
        return settings.list("cameras").stream().map(this::cameraSettings).toList();
    }

    private CameraSettings cameraSettings(String camera) {
        String key = settings.cameraKey(camera, "url");
        try {
            return new CameraSettings(
                    camera,
                    CameraUrl.parse(settings.text(key), home.directory()),
                    settings.duration(settings.cameraKey(camera, "stall-timeout")),
                    settings.duration(settings.cameraKey(camera, "retry-min")),
                    settings.duration(settings.cameraKey(camera, "retry-max")));
        } catch (InvalidInputException e) {
            throw new SettingsException(key + " in " + settings.origin(key) + ": " + e.getMessage());
        }
    }

    private Journal openJournal() {
        Path file = home.workingDirectory().resolve(settings.text("journal.path"));
        Journal journal =
                open(new Journal(file, settings.bytes("journal.max-size"), settings.duration("journal.max-age")));
        try {
            journal.start();
        } catch (JournalException e) {
            throw new SettingsException("journal.path in " + settings.origin("journal.path") + ": " + e.getMessage());
        }
        return journal;
    }

    private Detector openDetector() {
        try {
            Detector.Builder builder = Detector.builder(ModelFolder.load(home.find(settings.text("model.path"))))
                    .optThreads(effective.threads())
                    .optXnnpack(settings.isTrue("detect.xnnpack"));
            if (!settings.text("detect.score").equals("model")) {
                builder.optScoreThreshold((float) settings.decimal("detect.score"));
            }
            return open(requireLabels(builder.open()));
        } catch (ModelFolderException e) {
            throw new SettingsException("model.path in " + settings.origin("model.path") + ": " + e.getMessage());
        }
    }

    /** A label that the model cannot find would count zero for ever, and nobody would know why. */
    private Detector requireLabels(Detector detector) {
        List<String> known = detector.folder().labels().stream()
                .filter(label -> !label.startsWith(UNUSED_LABEL))
                .toList();
        List<String> unknown = settings.list("detect.labels").stream()
                .filter(label -> !known.contains(label))
                .toList();
        if (!unknown.isEmpty()) {
            detector.close();
            throw new SettingsException("detect.labels in " + settings.origin("detect.labels") + " names "
                    + String.join(", ", unknown) + ", which the model "
                    + detector.folder().name()
                    + " does not know; its labels are " + String.join(", ", known) + ".");
        }
        return detector;
    }

    private DetectionEvents events(Detector detector) {
        return new DetectionEvents(
                effective.device(),
                detector.folder().name(),
                settings.list("detect.labels"),
                settings.whole("detect.max-objects"));
    }

    private String brokerUrl() {
        String url = settings.text("mqtt.url");
        return settings.isTrue("mqtt.enabled") && url.equals("embedded")
                ? open(EmbeddedBroker.start()).url()
                : url;
    }

    private Map<String, Object> describe(Detector detector, Pace pace) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("model", detector.folder().name());
        plain.put("threads", effective.threads());
        plain.put("inference_ms", pace.inferenceMillis());
        plain.put("labels", settings.list("detect.labels"));
        return plain;
    }

    private void requireFolder(String key) {
        Path folder = home.find(settings.text(key));
        if (!Files.isDirectory(folder)) {
            throw new SettingsException(key + " is '" + settings.text(key) + "' in " + settings.origin(key)
                    + "; it must be a folder, and " + folder + " is none.");
        }
    }

    private String shownHost() {
        String host = settings.text("http.host");
        return host.equals("0.0.0.0") ? effective.device() : host;
    }

    private static <T> T result(CompletableFuture<T> started) {
        try {
            return started.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
