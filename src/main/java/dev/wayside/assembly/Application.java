package dev.wayside.assembly;

import dev.wayside.config.Home;
import dev.wayside.config.Key;
import dev.wayside.config.PageKeys;
import dev.wayside.config.RouteKeys;
import dev.wayside.config.Settings;
import dev.wayside.config.SettingsException;
import dev.wayside.live.HttpPort;
import dev.wayside.routes.RouteFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
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
 * The whole pipeline in one process, as in {@code ./wayside run}. What takes long to start (native libraries, model,
 * broker, Camel) starts in parallel.
 */
public final class Application implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Application.class);

    private final Home home;
    private final Settings settings;
    private final EffectiveSettings effective;
    private final Parts parts;
    private final Consumer<Registry> more;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Main main = new Main();
    private volatile RouteFolder routes;
    private boolean started;
    private boolean closed;

    /** Prepares the pipeline that the settings describe. */
    public Application(Home home, Settings settings) {
        this(home, settings, registry -> {});
    }

    /**
     * Prepares the pipeline that the settings describe.
     *
     * @param more adds further beans to Camel's registry before the routes are built
     */
    public Application(Home home, Settings settings, Consumer<Registry> more) {
        this.home = home;
        this.settings = settings;
        this.effective = new EffectiveSettings(settings, home);
        this.parts = new Parts(home, settings, effective);
        this.more = more;
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
        parts.cameras().get();
        parts.detector().openInBackground();
        parts.brokerUrl().openInBackground();
        parts.journal().get();
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport support) {
                CamelContext context = support.getCamelContext();
                parts.bindTo(context);
                more.accept(context.getRegistry());
                // The page is available even if no route uses it.
                parts.live().get();
                routes = new RouteFolder(context, home.find(settings.get(RouteKeys.PATH)), effective.cameraRoutes());
                parts.addStatusOf(routes);
            }

            @Override
            public void afterConfigure(BaseMainSupport support) {
                routes.read();
            }
        });
        startCamel(effective.properties(parts.brokerUrl().get()));
        parts.started();
        log.info(
                "Wayside runs as {}: {}",
                effective.device(),
                HttpPort.url(settings.get(PageKeys.HOST), settings.get(PageKeys.PORT), EffectiveSettings.hostName()));
    }

    /** Camel's context; running after {@link #start()}. */
    public CamelContext camelContext() {
        return main.getCamelContext();
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
    }

    private void requireFolder(Key<String> key) {
        Path folder = home.find(settings.get(key));
        if (!Files.isDirectory(folder)) {
            throw new SettingsException(key + " is '" + settings.text(key) + "' in " + settings.origin(key)
                    + "; it must be a folder, but " + folder + " is not.");
        }
    }
}
