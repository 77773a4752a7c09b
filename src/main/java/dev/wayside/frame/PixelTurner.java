package dev.wayside.frame;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Turns and mirrors packed 24-bit pixels. It works on the small picture that libswscale has scaled, not on the
 * decoder's, so that a frame that is not analysed costs nothing. Not thread-safe.
 */
final class PixelTurner implements AutoCloseable {
    private static final int BYTES_PER_PIXEL = 3;
    /** libswscale may write up to this many bytes past the last row. */
    private static final int SLACK = 64;

    private BytePointer pixels = new BytePointer();
    private ByteBuffer buffer;
    private byte[] row = {};

    /** Memory for a picture to turn, with its rows packed without gaps; valid until the next call. */
    Pointer scratch(int width, int height) {
        long size = (long) width * height * BYTES_PER_PIXEL + SLACK;
        if (pixels.capacity() < size) {
            pixels.close();
            pixels = new BytePointer(size);
            buffer = pixels.asByteBuffer();
        }
        return pixels;
    }

    /**
     * Writes the picture in that memory to the target, turned and mirrored.
     *
     * @param shown how to turn it; its width and height are ignored
     * @param width of the result
     * @param height of the result
     */
    void write(Presentation shown, Pointer target, int width, int height, int stride) {
        int length = width * BYTES_PER_PIXEL;
        if (row.length < length) {
            row = new byte[length];
        }
        // Byte offsets in the source from one pixel of the result to the next, in x and in y.
        int right = shown.transposed() ? height * BYTES_PER_PIXEL : BYTES_PER_PIXEL;
        int down = shown.transposed() ? BYTES_PER_PIXEL : length;
        int start = 0;
        if (shown.mirroredX()) {
            start += (width - 1) * right;
            right = -right;
        }
        if (shown.mirroredY()) {
            start += (height - 1) * down;
            down = -down;
        }
        BytePointer out = target.getPointer(BytePointer.class);
        long corner = out.position();
        for (int y = 0; y < height; y++) {
            int from = start + y * down;
            for (int to = 0; to < length; to += BYTES_PER_PIXEL) {
                row[to] = buffer.get(from);
                row[to + 1] = buffer.get(from + 1);
                row[to + 2] = buffer.get(from + 2);
                from += right;
            }
            out.position(corner + (long) y * stride).put(row, 0, length);
        }
    }

    @Override
    public void close() {
        pixels.close();
    }
}
