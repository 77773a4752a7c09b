package dev.wayside.detect;

import dev.wayside.detect.Fit.Placement;
import dev.wayside.frame.FrameScaler;
import dev.wayside.frame.VideoFrame;
import dev.wayside.tflite.Quantization;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Writes frames into the memory of a model's input. libswscale scales them directly from the decoder's memory. Unless
 * the model takes raw bytes, a lookup table of 256 entries then converts each value.
 *
 * <p>Allocates nothing per frame. Not thread-safe.
 */
final class FrameWriter implements AutoCloseable {
    private static final int COLOURS = 3;
    /** libswscale may write whole vectors: up to this many bytes past the last pixel of a row. */
    private static final int SLACK = 64;

    private final ModelInput input;
    private final FrameScaler scaler;
    private final int stride;
    /** The scaled picture as packed bytes; this is the tensor itself if the model takes raw bytes. */
    private final BytePointer pixels;

    private final ByteBuffer pixelBuffer;
    private final byte[] row;
    private final TensorRows rows;

    private int frameWidth;
    private int frameHeight;
    private Placement placement;
    private Pointer corner;

    /**
     * Writes into this tensor and no other.
     *
     * @param input how a picture becomes the input
     * @param quantization of the input tensor
     * @param tensor its memory: a direct buffer in native byte order; referenced, not copied
     */
    FrameWriter(ModelInput input, Quantization quantization, ByteBuffer tensor) {
        this.input = input;
        scaler = new FrameScaler(input.colour());
        stride = input.width() * COLOURS;
        rows = TensorRows.over(tensor, input, quantization);
        if (rows == null) {
            pixels = new BytePointer(tensor);
            pixelBuffer = tensor;
        } else {
            int size = stride * input.height();
            pixels = new BytePointer((long) size + SLACK);
            pixelBuffer = pixels.asByteBuffer();
        }
        row = new byte[stride];
    }

    /**
     * Writes a frame.
     *
     * @return where in the input the picture lies
     */
    Placement write(VideoFrame frame) {
        boolean moved = frame.width() != frameWidth || frame.height() != frameHeight;
        if (moved) {
            place(frame);
        }
        scaler.scale(frame, corner, placement.width(), placement.height(), stride);
        restorePadding();
        if (rows != null) {
            int first = moved ? 0 : placement.top();
            int end = moved ? input.height() : placement.top() + placement.height();
            for (int y = first; y < end; y++) {
                pixelBuffer.get(y * stride, row);
                rows.write(y, row);
            }
        }
        return placement;
    }

    /**
     * Restores padding that libswscale overwrote past the end of a row. Without padding, the next row covers those
     * bytes.
     */
    private void restorePadding() {
        int spoiled = Math.min(SLACK, stride - placement.width() * COLOURS);
        int size = stride * input.height();
        for (int y = 0; y < placement.height() && spoiled > 0; y++) {
            int end = (placement.top() + y) * stride + (placement.left() + placement.width()) * COLOURS;
            pad(end, Math.min(end + spoiled, size));
        }
    }

    private void pad(int from, int to) {
        for (int i = from; i < to; i++) {
            pixelBuffer.put(i, (byte) input.fit().pad());
        }
    }

    private void place(VideoFrame frame) {
        placement = input.fit().place(frame.width(), frame.height(), input.width(), input.height());
        corner = pixels.getPointer(
                BytePointer.class, (long) placement.top() * stride + (long) placement.left() * COLOURS);
        pad(0, stride * input.height());
        frameWidth = frame.width();
        frameHeight = frame.height();
    }

    @Override
    public void close() {
        scaler.close();
        if (rows != null) {
            pixels.close();
        }
    }
}
