package dev.wayside.frame;

import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_AREA;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.ffmpeg.swscale.SwsFilter;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Converts frames to packed 24-bit pixels of a wanted size in one pass of libswscale, directly from the decoder's
 * memory into the caller's. A frame that must be turned or mirrored takes a second pass. Shrinking averages over the
 * source area, as the shipped model was evaluated; growing interpolates.
 *
 * <p>Allocates no native memory per frame. Not thread-safe: one scaler per thread.
 */
public final class FrameScaler implements AutoCloseable {
    private static final int BYTES_PER_PIXEL = 3;

    private final PixelLayout layout;
    private final PointerPointer<BytePointer> targetPlanes = new PointerPointer<>(4);
    private final IntPointer targetStrides = new IntPointer(4);
    private final PixelTurner turner = new PixelTurner();
    private SwsContext context;
    private Conversion conversion;

    /**
     * Scales into pixels of this layout.
     *
     * @param layout the order of the bytes that {@link #scale} writes
     */
    public FrameScaler(PixelLayout layout) {
        this.layout = layout;
    }

    /**
     * Writes the whole frame as it is shown, stretched to {@code width} × {@code height}, into memory.
     *
     * @param frame the picture
     * @param target at least {@code stride × height} bytes
     * @param width of the result, pixels
     * @param height of the result, pixels
     * @param stride bytes from one row to the next, at least {@code 3 × width}; libswscale may write into a gap between
     *     two rows (12 bytes were observed)
     * @throws IllegalArgumentException if the stride is too small or FFmpeg does not support the conversion
     */
    public void scale(VideoFrame frame, Pointer target, int width, int height, int stride) {
        if (stride < width * BYTES_PER_PIXEL) {
            throw new IllegalArgumentException("a row of " + width + " pixels does not fit into " + stride + " bytes");
        }
        Presentation shown = frame.presentation();
        if (shown.upright()) {
            convert(frame.picture(), target, width, height, stride);
        } else {
            int decodedWidth = shown.transposed() ? height : width;
            int decodedHeight = shown.transposed() ? width : height;
            Pointer scratch = turner.scratch(decodedWidth, decodedHeight);
            convert(frame.picture(), scratch, decodedWidth, decodedHeight, decodedWidth * BYTES_PER_PIXEL);
            turner.write(shown, target, width, height, stride);
        }
    }

    private void convert(AVFrame picture, Pointer target, int width, int height, int stride) {
        boolean shrinks = width <= picture.width() && height <= picture.height();
        int flags = (shrinks ? SWS_AREA : SWS_BILINEAR) | SWS_ACCURATE_RND;
        Conversion wanted = new Conversion(picture.width(), picture.height(), picture.format(), width, height, flags);
        if (!wanted.equals(conversion)) {
            prepare(wanted);
        }
        targetPlanes.put(0, target);
        targetStrides.put(0, stride);
        sws_scale(context, picture.data(), picture.linesize(), 0, picture.height(), targetPlanes, targetStrides);
    }

    /**
     * Creates a new context for each change: {@code sws_getCachedContext} keeps the colour range of the previous
     * format, which makes pictures pale after a camera returns with another format.
     */
    private void prepare(Conversion wanted) {
        release();
        context = sws_getContext(
                wanted.fromWidth,
                wanted.fromHeight,
                wanted.fromFormat,
                wanted.width,
                wanted.height,
                layout.pixelFormat(),
                wanted.flags,
                (SwsFilter) null,
                (SwsFilter) null,
                (DoublePointer) null);
        if (context == null || context.isNull()) {
            throw new IllegalArgumentException("FFmpeg cannot convert pixel format " + wanted.fromFormat + " of "
                    + wanted.fromWidth + "x" + wanted.fromHeight + " to " + layout + " of " + wanted.width + "x"
                    + wanted.height);
        }
        conversion = wanted;
    }

    private void release() {
        conversion = null;
        if (context != null) {
            sws_freeContext(context);
            context = null;
        }
    }

    @Override
    public void close() {
        release();
        turner.close();
        targetPlanes.close();
        targetStrides.close();
    }

    private record Conversion(int fromWidth, int fromHeight, int fromFormat, int width, int height, int flags) {}
}
