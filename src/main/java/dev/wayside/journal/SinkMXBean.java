package dev.wayside.journal;

/**
 * How a sink is and what it has done since Wayside started, as JMX shows it: {@code dev.wayside:type=Sink,name=<sink>}.
 * Nothing is read from the disk for it: state, backlog and wait are two seconds old at the most.
 */
public interface SinkMXBean {
    /** {@code idle}, {@code works}, {@code late} or {@code failing}. */
    String getState();

    /** Events it has not got yet. */
    long getBacklog();

    /** Seconds that the oldest of these waits, by the journal's clock. */
    long getWaitingSeconds();

    /** What it fails with; null when it does not. */
    String getLastError();

    /** Events that it took, those that were delivered once more included. */
    long getDelivered();

    /** Events that it refused for good. */
    long getRejected();

    /** Batches that failed and came again. */
    long getFailures();

    /** Milliseconds that the last batch took; 0 when there was none yet. */
    double getLastBatchMillis();
}
