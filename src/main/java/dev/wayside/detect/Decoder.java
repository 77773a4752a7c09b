package dev.wayside.detect;

/**
 * Turns the outputs of one kind of model into boxes. A decoder is set up for the shapes of one model and keeps arrays for its
 * work: one per thread.
 */
interface Decoder {
    /**
     * Adds what a model found. Overlapping boxes of one object may all be added.
     *
     * @param outputs values of the model's outputs in the model's order, each row by row, dequantised
     * @param leastScore boxes below it are left out, 0..1
     * @param found takes the boxes, in parts of the model's input (0..1 from its top left), not yet clamped
     */
    void decode(float[][] outputs, float leastScore, Candidates found);

    /**
     * Whether the boxes of one object still overlap, so that the caller must drop the weaker ones.
     *
     * @return false if the model itself has done that
     */
    default boolean overlaps() {
        return true;
    }
}
