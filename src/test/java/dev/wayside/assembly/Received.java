package dev.wayside.assembly;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Replaces a kamelet's bean and stores the text that it received in a variable of the exchange. */
public final class Received implements Processor {
    private String text;
    private String use;

    /** Receives the text as a property. */
    public Received() {}

    /** Receives the text as a constructor argument; {@code 0} is an additional argument. */
    public Received(int zero, String text) {
        this.text = text;
    }

    public void setText(String text) {
        this.text = text;
    }

    /** The variable. */
    public void setUse(String use) {
        this.use = use;
    }

    @Override
    public void process(Exchange exchange) {
        exchange.setVariable(use, text);
    }
}
