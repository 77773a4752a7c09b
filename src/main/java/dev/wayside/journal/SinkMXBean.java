package dev.wayside.journal;

/**
 * A sink's state and its counts since Wayside started, in JMX as {@code dev.wayside:type=Sink,name=<sink>}. Reading it
 * does not access the disk: state, backlog and wait are at most two seconds old.
 */
public interface SinkMXBean {
    /** {@code idle}, {@code paused}, {@code works}, {@code late} or {@code failing}. */
    String getState();

    /** Number of events that wait for it. */
    long getBacklog();

    /** How long the oldest of these has waited, in seconds of the journal's clock. */
    long getWaitingSeconds();

    /** Why it fails; null if it does not. */
    String getLastError();

    /** Number of events that it accepted, including replays and retries. */
    long getDelivered();

    /** Number of events that it refused permanently. */
    long getRejected();

    /** Number of failed attempts to deliver a batch. */
    long getFailures();

    /** Duration of the last batch in milliseconds; 0 if there was none yet. */
    double getLastBatchMillis();
}
