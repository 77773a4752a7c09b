package dev.wayside.servers;

/** A real server in a process of its own that can die and come back. */
public interface Server extends AutoCloseable {
    /** Its port on the loopback address; the same after a restart. */
    int port();

    /** Starts it and waits until it answers. */
    Server start();

    /** As {@code kill -9} does it. */
    void kill();

    /** Ends it. */
    @Override
    void close();
}
