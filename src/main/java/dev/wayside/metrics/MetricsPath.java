package dev.wayside.metrics;

import dev.wayside.web.ServerRouter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Reads the state of the parts before Camel's endpoint answers a scrape. Until the first scrape, nothing is read, and the
 * metrics of the JVM are not even loaded.
 */
public final class MetricsPath extends LifecycleStrategySupport {
    /** Where Camel serves the metrics, {@code camel.metrics.path}. */
    public static final String PATH = "/metrics";

    /** Before Camel's own handler, after those that check who asks. */
    private static final int BEFORE_CAMEL = -1;

    private final int port;
    private final PrometheusMeterRegistry registry;
    private final Runnable parts;
    private boolean scraped;

    /**
     * Prepares scrapes once the context has started.
     *
     * @param port where Camel's server listens, {@code camel.server.port}; without a server there, it does nothing
     * @param registry the one that Camel serves
     * @param parts reads the state of all parts; called for each scrape, by one worker thread at a time
     */
    public MetricsPath(int port, PrometheusMeterRegistry registry, Runnable parts) {
        this.port = port;
        this.registry = registry;
        this.parts = parts;
    }

    @Override
    public void onContextStarted(CamelContext context) {
        ServerRouter.find(context, port).ifPresent(router -> router.route(PATH)
                .order(BEFORE_CAMEL)
                .blockingHandler(
                        request -> {
                            read();
                            request.next();
                        },
                        false));
    }

    private synchronized void read() {
        if (!scraped) {
            scraped = true;
            ProcessMetrics.addTo(registry.getPrometheusRegistry());
        }
        parts.run();
    }
}
