package dev.wayside.tflite;

/**
 * How a tensor's stored integers represent real numbers: {@code real = scale × (stored − zeroPoint)}, TensorFlow Lite's
 * affine scheme with one scale for the whole tensor.
 *
 * @param scale the difference between the real numbers of two adjacent stored values
 * @param zeroPoint the stored value that represents real zero
 * @see <a href="https://ai.google.dev/edge/litert/models/quantization_spec">LiteRT 8-bit quantization specification</a>
 */
public record Quantization(float scale, int zeroPoint) {
    /** No quantisation: the stored values are the real numbers. */
    public static final Quantization NONE = new Quantization(1, 0);

    /** The real number that {@code stored} represents. */
    public float dequantize(int stored) {
        return scale * (stored - zeroPoint);
    }

    /** The stored value nearest to {@code real}, not limited to the range of any type. */
    public int quantize(float real) {
        return Math.round(real / scale) + zeroPoint;
    }
}
