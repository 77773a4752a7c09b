package dev.wayside.matrix;

import dev.wayside.servers.FaultProxy;
import java.util.List;

/** A real server that a sink delivers to, behind a proxy that makes trouble. */
interface Target extends AutoCloseable {
    /** The sink's name, as in its route. */
    String sink();

    /** What Wayside is to be told, each {@code key=value}. */
    List<String> settings();

    /** What stands between. */
    FaultProxy proxy();

    /** The JSON of every event that arrived, in the order of arrival, repetitions included. */
    List<String> arrived();

    /** Ends the server and starts it again, without anything that it had not written down. */
    void restart();

    @Override
    void close();
}
