package dev.wayside.journal.component;

import dev.wayside.journal.Batch;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCompletedEvent;
import org.apache.camel.support.EventNotifierSupport;

/**
 * Notices a part of a batch, as a split or a multicast makes it, that an {@code onException} with {@code handled: true}
 * has ended. Camel goes on with the whole as if that part had come to its end, so that its events would be lost.
 */
final class HandledFailures extends EventNotifierSupport {
    HandledFailures() {
        setIgnoreCamelContextEvents(true);
        setIgnoreCamelContextInitEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
        setIgnoreExchangeCreatedEvent(true);
        setIgnoreExchangeFailedEvents(true);
        setIgnoreExchangeRedeliveryEvents(true);
        setIgnoreExchangeSendingEvents(true);
        setIgnoreExchangeSentEvents(true);
        setIgnoreExchangeAsyncProcessingStartedEvents(true);
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeCompletedEvent completed) {
            Exchange exchange = completed.getExchange();
            Batch batch = exchange.getProperty(JournalConstants.BATCH, Batch.class);
            if (batch != null && isHandledAway(exchange)) {
                batch.endEarly("an onException with handled: true");
            }
        }
    }

    /** Whether an error handler has ended it, and no {@code doCatch} or {@code continued} has let it go on. */
    static boolean isHandledAway(Exchange exchange) {
        return exchange.getExchangeExtension().isErrorHandlerHandledSet()
                && exchange.getExchangeExtension().isErrorHandlerHandled();
    }
}
