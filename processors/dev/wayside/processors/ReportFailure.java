package dev.wayside.processors;

import dev.wayside.journal.component.JournalConstants;
import dev.wayside.status.Failures;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Tells of the exception that a route could not handle. */
public final class ReportFailure implements Processor {
    private final Failures failures;

    /** Tells these, which the status shows. */
    public ReportFailure(Failures failures) {
        this.failures = failures;
    }

    @Override
    public void process(Exchange exchange) {
        // What fails for a batch is told by the journal, until the sink works again.
        if (exchange.getProperty(JournalConstants.BATCH) == null) {
            // The route that took the message in, not the kamelet it failed in: that is the name the user knows.
            failures.add(exchange.getFromRouteId(), exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        }
    }
}
