package dev.wayside.processors;

import dev.wayside.status.Failures;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Tells of the exception that a route could not handle. */
public final class ReportFailure implements Processor {
    /** The property of every exchange that carries a batch of the journal, which itself tells of a batch that failed. */
    private static final String BATCH = "CamelJournalBatch";

    private final Failures failures;

    /** Tells these, which the status shows. */
    public ReportFailure(Failures failures) {
        this.failures = failures;
    }

    @Override
    public void process(Exchange exchange) {
        if (exchange.getProperty(BATCH) != null) {
            return;
        }
        // The route that took the message in, not the kamelet it failed in: that is the name the user knows. A batch
        // from the journal comes from a kamelet, and the sink's name is the route's.
        String route = exchange.getVariable("sink", exchange.getFromRouteId(), String.class);
        failures.add(route, exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    }
}
