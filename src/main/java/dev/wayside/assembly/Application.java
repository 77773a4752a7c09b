package dev.wayside.assembly;

import dev.wayside.access.PageAccess;
import dev.wayside.config.CameraKeys;
import dev.wayside.config.Home;
import dev.wayside.config.Key;
import dev.wayside.config.PageKeys;
import dev.wayside.config.RouteKeys;
import dev.wayside.config.Settings;
import dev.wayside.config.SettingsException;
import dev.wayside.config.SettingsLoader;
import dev.wayside.health.HealthReport;
import dev.wayside.live.HttpPort;
import dev.wayside.routes.ProgramGate;
import dev.wayside.routes.RouteFolder;
import dev.wayside.routes.StrictDurations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.spi.Registry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole pipeline in one process, as in {@code ./wayside run}. What takes long to start (native libraries, model,
 * broker, Camel) starts in parallel.
 */
public final class Application implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Application.class);

    private static final Duration SETTLING = Duration.ofSeconds(2);
    private static final long POLL_MILLIS = 50;

    private final Home home;
    private final Settings settings;
    private final EffectiveSettings effective;
    private final Parts parts;
    private final PageAccess access;
    private final Consumer<Registry> more;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Main main = new Main();
    private volatile RouteFolder routes;
    private Supplier<Settings> reload;
    private Consumer<Settings> logging = changed -> {};
    private SettingsWatch watch;
    private boolean started;
    private boolean closed;

    /**
     * Prepares the pipeline that the settings describe.
     *
     * @param console shows what no log may contain: a new password
     */
    public Application(Home home, Settings settings, Consumer<String> console) {
        this(home, settings, console, registry -> {});
    }

    /**
     * Prepares the pipeline that the settings describe.
     *
     * @param console shows what no log may contain: a new password
     * @param more adds further beans to Camel's registry before the routes are built
     */
    public Application(Home home, Settings settings, Consumer<String> console, Consumer<Registry> more) {
        this.home = home;
        this.settings = settings;
        this.effective = new EffectiveSettings(settings, home);
        this.parts = new Parts(home, settings, effective);
        this.access = new PageAccess(effective.access(), console);
        this.more = more;
    }

    /**
     * Lets changed settings take effect while everything runs, if {@code routes.reload} is on.
     *
     * @param load reads all settings again
     * @param logging applies the settings of the log
     */
    public Application reloading(Supplier<Settings> load, Consumer<Settings> logging) {
        this.reload = load;
        this.logging = logging;
        return this;
    }

    /**
     * Starts everything and returns when the routes run.
     *
     * @throws SettingsException if a setting turns out to be invalid
     * @throws Exception if a part does not start; the message says which
     */
    public void start() throws Exception {
        requireFolder(RouteKeys.PATH);
        requireFolder(RouteKeys.KAMELETS_PATH);
        if (!settings.get(CameraKeys.CAMERAS).isEmpty()) {
            parts.cameras().get();
            parts.detector().openInBackground();
        }
        parts.brokerUrl().openInBackground();
        parts.journal().get();
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport support) {
                CamelContext context = support.getCamelContext();
                // Camel takes its HTTP server from here, with the guard.
                context.getRegistry().bind("pageAccess", access);
                parts.addStatusOf(access);
                parts.bindTo(context);
                more.accept(context.getRegistry());
                // The page is available even if no route uses it.
                parts.live().get();
                StrictDurations.install(context);
                ProgramGate.install(context, RouteChecks.programs(settings));
                routes = new RouteFolder(
                        context,
                        home.find(settings.get(RouteKeys.PATH)),
                        home.find(settings.get(RouteKeys.KAMELETS_PATH)),
                        effective.cameraRoutes(),
                        RouteChecks.lazy(home, parts::settings));
                parts.addStatusOf(routes);
            }

            @Override
            public void afterConfigure(BaseMainSupport support) {
                routes.read();
            }
        });
        startCamel(effective.properties(parts.brokerUrl().get()));
        parts.started();
    }

    /**
     * What a user should see after {@link #start()}. Waits until the cameras and the connections work, but not longer than
     * two seconds.
     *
     * @return lines for the log; the one with the page's address begins with {@code Wayside runs as}
     */
    public List<String> startScreen() throws InterruptedException {
        StartScreen screen = new StartScreen(
                settings, effective.device(), effective.pageUrl(), parts.status()::snapshot, access::loginHint);
        long latest = System.nanoTime() + SETTLING.toNanos();
        while (!isStopped() && System.nanoTime() < latest && !screen.isComplete()) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return screen.lines();
    }

    /** Camel's context; running after {@link #start()}. */
    public CamelContext camelContext() {
        return main.getCamelContext();
    }

    /** Whether no restart is needed, as {@code /health/live} answers; only after {@link #start()}. */
    public boolean isLive() {
        return new HealthReport(camelContext()).live().up();
    }

    /** Waits until {@link #close()} has been called. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    /** Whether it was told to stop. */
    public synchronized boolean isStopped() {
        return closed;
    }

    /** Stops everything, Camel first. If a part fails to stop, that is logged, and the other parts are still stopped. */
    @Override
    public void close() {
        boolean running;
        synchronized (this) {
            running = started && !closed;
            closed = true;
        }
        if (running) {
            try {
                if (watch != null) {
                    watch.close();
                }
                if (routes != null) {
                    routes.close();
                }
                main.stop();
            } catch (RuntimeException e) {
                log.warn("Camel did not stop cleanly: {}", e.getMessage());
            }
        }
        parts.close();
        log.info("Wayside stopped");
        stopped.countDown();
    }

    private void startCamel(Properties properties) throws Exception {
        HttpPort.requireFree(settings.get(PageKeys.HOST), settings.get(PageKeys.PORT));
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setInitialProperties(properties);
        main.configure().withAutoConfigurationEnvironmentVariablesEnabled(false);
        // Camel's own strategy would also handle signals, which the caller does for the whole process.
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        synchronized (this) {
            if (closed) {
                throw Parts.stoppedDuringStartup();
            }
            started = true;
        }
        main.start();
        routes.start(settings.get(RouteKeys.RELOAD));
        if (reload != null && settings.get(RouteKeys.RELOAD)) {
            watch = new SettingsWatch(
                    home.workingDirectory().resolve(SettingsLoader.FILE_NAME),
                    reload,
                    new SettingsChange(home, settings, parts, routes, logging));
            watch.start();
        }
    }

    private void requireFolder(Key<String> key) {
        Path folder = home.find(settings.get(key));
        if (!Files.isDirectory(folder)) {
            throw new SettingsException(key + " is '" + settings.text(key) + "' in " + settings.origin(key)
                    + "; it must be a folder, but " + folder + " is not.");
        }
    }
}
