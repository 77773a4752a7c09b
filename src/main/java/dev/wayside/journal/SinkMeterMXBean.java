package dev.wayside.journal;

/** What a sink has done since Wayside started, as JMX shows it: {@code dev.wayside:type=Sink,name=<sink>}. */
public interface SinkMeterMXBean {
    /** Events that it took, those that were delivered once more included. */
    long getDelivered();

    /** Events that it refused for good. */
    long getRejected();

    /** Batches that failed and came again. */
    long getFailures();

    /** Milliseconds that the last batch took; 0 when there was none yet. */
    double getLastBatchMillis();
}
