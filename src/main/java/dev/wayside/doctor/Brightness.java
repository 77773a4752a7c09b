package dev.wayside.doctor;

import dev.wayside.frame.FrameScaler;
import dev.wayside.frame.PixelLayout;
import dev.wayside.frame.VideoFrame;
import org.bytedeco.javacpp.BytePointer;

/** How bright a picture is. */
final class Brightness {
    private static final int WIDTH = 32;
    private static final int HEIGHT = 24;
    private static final int BYTES_PER_PIXEL = 3;
    /** More than a row, because libswscale may write beyond its end. */
    private static final int STRIDE = WIDTH * BYTES_PER_PIXEL + 32;

    private Brightness() {}

    /** The mean of all pixels and colours, 0..255. */
    static double of(VideoFrame frame) {
        try (FrameScaler scaler = new FrameScaler(PixelLayout.RGB);
                BytePointer pixels = new BytePointer((long) STRIDE * HEIGHT)) {
            scaler.scale(frame, pixels, WIDTH, HEIGHT, STRIDE);
            long sum = 0;
            for (int row = 0; row < HEIGHT; row++) {
                for (int i = 0; i < WIDTH * BYTES_PER_PIXEL; i++) {
                    sum += pixels.get((long) row * STRIDE + i) & 0xff;
                }
            }
            return (double) sum / (WIDTH * BYTES_PER_PIXEL * HEIGHT);
        }
    }
}
