package dev.wayside.journal.component;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.frame.RightOfWay;
import dev.wayside.journal.Journal;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Accept events durably, and deliver each of them to every sink in order and at least once.
 *
 * <p>As a producer, it accepts a flat event, a map with a text {@code id}, and returns when the event is on the disk.
 * As a consumer, it passes lists of flat events to a sink's route, and moves the sink's cursor only when the route has
 * delivered them.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "journal",
        title = "Wayside Journal",
        syntax = "journal:sink",
        category = {Category.DATABASE, Category.MESSAGING})
public class JournalEndpoint extends DefaultEndpoint {
    private static final int LARGEST_BATCH = 10_000;
    private static final int LONGEST_RETRY_SECONDS = 3600;

    @UriPath(description = "The name of the sink, under which its cursor is kept. Required for consumers only.")
    private String sink;

    @UriParam(
            label = "consumer",
            defaultValue = "100",
            description = "The maximum number of events in one list, 1 to 10000.")
    private int batchSize = 100;

    @UriParam(
            label = "consumer",
            defaultValue = "10",
            description = "The maximum time in seconds before a failed list is retried, 1 to 3600. The wait begins"
                    + " at a fraction of a second, doubles with each consecutive failure, and has random jitter.")
    private int retryMax = 10;

    @UriParam(
            label = "consumer",
            enums = "newest,oldest",
            description = "Where a new sink begins: with the next event (newest) or with the oldest one that is kept"
                    + " (oldest). The default is the property <sink>.start, or newest if that is not set.")
    private String start;

    JournalEndpoint(String uri, JournalComponent component, String sink) {
        super(uri, component);
        this.sink = sink;
    }

    /** For Camel's catalog. */
    public JournalEndpoint() {}

    @Override
    public Producer createProducer() {
        return new JournalProducer(this);
    }

    /**
     * Creates the consumer that delivers to the sink.
     *
     * @throws InvalidInputException if an option is out of range; the message says what is allowed
     */
    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (!sink.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,63}")) {
            throw new InvalidInputException("'" + sink + "' is not a valid name for a sink; it must have 1 to 64"
                    + " letters, digits, '-' or '_', and begin with a letter or digit.");
        }
        require("retryMax", retryMax, LONGEST_RETRY_SECONDS);
        require("batchSize", batchSize, LARGEST_BATCH);
        JournalConsumer consumer = new JournalConsumer(this, processor, firstEvent());
        configureConsumer(consumer);
        return consumer;
    }

    private void require(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new InvalidInputException(
                    "The " + option + " of the sink " + sink + " is " + value + "; it must be from 1 to " + most + ".");
        }
    }

    private String firstEvent() {
        String key = sink + ".start";
        String first = start == null || start.isEmpty()
                ? getCamelContext().resolvePropertyPlaceholders("{{" + key + ":newest}}")
                : start;
        if (!first.equals("newest") && !first.equals("oldest")) {
            throw new InvalidInputException(key + " is '" + first + "'; it must be newest or oldest.");
        }
        return first;
    }

    Journal journal() {
        return ((JournalComponent) getComponent()).requireJournal();
    }

    RightOfWay rightOfWay() {
        RightOfWay bound = getCamelContext().getRegistry().lookupByNameAndType("rightOfWay", RightOfWay.class);
        return bound == null ? new RightOfWay() : bound;
    }

    public String getSink() {
        return sink;
    }

    public void setSink(String sink) {
        this.sink = sink;
    }

    public int getBatchSize() {
        return batchSize;
    }

    public void setBatchSize(int batchSize) {
        this.batchSize = batchSize;
    }

    public int getRetryMax() {
        return retryMax;
    }

    public void setRetryMax(int retryMax) {
        this.retryMax = retryMax;
    }

    public String getStart() {
        return start;
    }

    public void setStart(String start) {
        this.start = start;
    }
}
