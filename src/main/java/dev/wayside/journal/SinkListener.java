package dev.wayside.journal;

import java.time.Duration;

/** Is told what becomes of each sink's batches: the place for metrics. Called on the sink's own thread, so be quick. */
public interface SinkListener {
    /**
     * A sink is registered, at the start or later, perhaps once more.
     *
     * @param sink its name
     */
    void registered(String sink);

    /**
     * A batch is done and the cursor has moved.
     *
     * @param sink its name
     * @param events of the batch, the rejected ones among them
     * @param rejected of these, how many went to the dead letters
     * @param took from reading the batch to the move of the cursor
     */
    void delivered(String sink, int events, int rejected, Duration took);

    /**
     * A batch failed and will come again.
     *
     * @param sink its name
     * @param why as the sink threw it
     */
    void failed(String sink, Throwable why);
}
