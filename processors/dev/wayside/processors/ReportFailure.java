package dev.wayside.processors;

import dev.wayside.journal.component.JournalConstants;
import dev.wayside.status.Failures;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Reports an exception that a route did not handle. */
public final class ReportFailure implements Processor {
    private final Failures failures;

    /** @param failures collects the failures for the log and the status */
    public ReportFailure(Failures failures) {
        this.failures = failures;
    }

    @Override
    public void process(Exchange exchange) {
        // The journal reports the failure of a batch itself, until the sink works again.
        if (exchange.getProperty(JournalConstants.BATCH) == null) {
            // The route that received the message, not the kamelet that failed: the user knows that id.
            failures.add(exchange.getFromRouteId(), exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        }
    }
}
