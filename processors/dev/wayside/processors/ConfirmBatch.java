package dev.wayside.processors;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The last step of a batch: all that its delivery moves in the journal has moved. */
public final class ConfirmBatch implements Processor {
    private final Drain drain;

    /**
     * Makes the step.
     *
     * @param drain that read the batch, and takes it for failed unless this step is reached
     */
    public ConfirmBatch(Drain drain) {
        this.drain = drain;
    }

    @Override
    public void process(Exchange exchange) {
        drain.confirmed();
    }
}
