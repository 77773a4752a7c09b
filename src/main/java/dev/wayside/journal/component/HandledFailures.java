package dev.wayside.journal.component;

import dev.wayside.event.EventBatch;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCompletedEvent;
import org.apache.camel.support.EventNotifierSupport;

/**
 * Detects when an {@code onException} with {@code handled: true} has ended a part of a batch, such as a part of a split
 * or multicast. Camel continues as if that part had completed normally, so its events would be lost.
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
            EventBatch batch = exchange.getProperty(JournalConstants.BATCH, EventBatch.class);
            if (batch != null && isHandledAway(exchange)) {
                batch.endEarly("an onException with handled: true");
            }
        }
    }

    /** Whether an error handler has ended the exchange, and no {@code doCatch} or {@code continued} has resumed it. */
    static boolean isHandledAway(Exchange exchange) {
        return exchange.getExchangeExtension().isErrorHandlerHandledSet()
                && exchange.getExchangeExtension().isErrorHandlerHandled();
    }
}
