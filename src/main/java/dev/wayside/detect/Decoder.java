package dev.wayside.detect;

/**
 * Turns the outputs of one kind of model into boxes. A decoder is configured for the output shapes of one model. It
 * keeps working arrays, so each thread needs its own.
 */
interface Decoder {
    /**
     * Decodes the outputs for one frame. May add several overlapping boxes for one object.
     *
     * @param outputs the model's outputs in the model's order, each in row-major order and dequantised
     * @param minScore the minimum score, 0..1; boxes below it are left out
     * @param found receives the boxes, as fractions of the model's input from its top left corner, not yet clamped to
     *     0..1
     */
    void decode(float[][] outputs, float minScore, Candidates found);

    /**
     * Whether one object may still have several boxes, so that the caller must apply non-maximum suppression.
     *
     * @return false if the model has already applied it
     */
    default boolean overlaps() {
        return true;
    }
}
