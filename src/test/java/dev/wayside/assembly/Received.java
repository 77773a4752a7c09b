package dev.wayside.assembly;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Stands for a kamelet's bean and tells which text came to it, as an exchange's variable. */
public final class Received implements Processor {
    private String text;
    private String use;

    /** Gets the text as a property. */
    public Received() {}

    /** Gets the text as an argument; {@code 0} shows that others may stand beside it. */
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
