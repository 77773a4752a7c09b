package dev.wayside.servers;

/** A real server of a store that keeps what it took over {@link #kill()} and {@link #start()}. */
public interface StoreServer extends AutoCloseable {
    /** Its HTTP port on the loopback address; the same after a restart. */
    int port();

    /** Starts it and waits until it answers. */
    void start();

    /** As {@code kill -9} does it. */
    void kill();

    /** Ends it and deletes what it kept. */
    @Override
    void close();
}
