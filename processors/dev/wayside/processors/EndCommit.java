package dev.wayside.processors;

import dev.wayside.journal.Journal;
import dev.wayside.journal.JournalException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Tells all whose events were in the commit how it went. */
public final class EndCommit implements Processor {
    private final Journal journal;

    /** Makes the step. */
    public EndCommit(Journal journal) {
        this.journal = journal;
    }

    @Override
    public void process(Exchange exchange) throws JournalException {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (failure == null) {
            journal.appended();
        } else {
            throw journal.notAppended(failure);
        }
    }
}
