package dev.wayside.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayside.servers.FaultProxy;
import java.util.List;

/** A real server that a sink delivers to, behind a proxy that makes trouble. It serves one fault after another. */
interface Target extends AutoCloseable {
    /** The sink's name, as in its route. */
    String sink();

    /** What Wayside is to be told, each {@code key=value}. */
    List<String> settings();

    /** What stands between. */
    FaultProxy proxy();

    /** From here on only this device's events count; each fault has a device of its own. */
    void begin(String device);

    /** What it should keep of a flat event. */
    Trace expected(JsonNode event);

    /** What it has: of a store each entry, of a broker each message in the order of arrival, repetitions included. */
    List<Trace> arrived();

    /** Whether the order of arrival means anything. */
    boolean hasOrder();

    /** Whether what arrives is kept in a table. */
    boolean hasTable();

    /** How much is wrong with that table: two entries for one event, or an entry that another event has overwritten. */
    int duplicates();

    /** Ends the server by {@code kill -9} and starts it again. */
    void restart();

    @Override
    void close();
}
